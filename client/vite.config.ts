import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { shell, workerFile } from './shell.ts'

/** Where `pnpm dev` has started the server; see scripts/dev.ts. */
const server = process.env['REVMARK_SERVER'] ?? 'http://127.0.0.1:8080'

const worker = 'service-worker'

export default defineConfig({
  plugins: [react(), shell()],
  build: {
    target: 'es2024',
    sourcemap: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', [worker]: `worker/${worker}.ts` },
      output: {
        entryFileNames: ({ name }) => (name === worker ? workerFile : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/socket': { target: server, ws: true },
    },
  },
})
