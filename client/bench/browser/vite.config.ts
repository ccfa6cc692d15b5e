/** Builds the page of the benchmark as one script and one sheet of styles. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  root: here,
  build: {
    target: 'es2024',
    outDir: `${here}dist`,
    emptyOutDir: true,
    lib: {
      entry: `${here}page.ts`,
      formats: ['iife'],
      name: 'page',
      fileName: () => 'page.js',
      cssFileName: 'page',
    },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
})
