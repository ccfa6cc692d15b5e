/** Builds `page.ts` of the root, here or of the benchmark, as one script and one sheet of styles. */
import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    target: 'es2024',
    outDir: 'dist',
    emptyOutDir: true,
    lib: {
      entry: 'page.ts',
      formats: ['iife'],
      name: 'page',
      fileName: () => 'page.js',
      cssFileName: 'page',
    },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
})
