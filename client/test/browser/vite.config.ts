/** Builds the stage of the composition tests as one script and one sheet of styles. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  root: here,
  build: {
    target: 'es2024',
    outDir: `${here}dist`,
    emptyOutDir: true,
    minify: false,
    lib: {
      entry: `${here}stage.ts`,
      formats: ['iife'],
      name: 'stage',
      fileName: () => 'stage.js',
      cssFileName: 'stage',
    },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
})
