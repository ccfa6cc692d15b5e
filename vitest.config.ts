import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['shared', 'corpus', 'server', 'client'].map((root) => ({
      root,
      // Five seconds, the default, are few on two cores that do something else besides.
      test: { name: `@revmark/${root}`, testTimeout: 30_000, hookTimeout: 30_000 },
    })),
  },
})
