import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Without a word it leaves one core idle, of two the half.
    maxWorkers: '100%',
    projects: ['shared', 'corpus', 'server', 'client'].map((root) => ({
      root,
      // Five seconds, the default, are few on two cores that do something else besides.
      test: { name: `@revmark/${root}`, testTimeout: 60_000, hookTimeout: 60_000 },
    })),
  },
})
