// Pure tests run in parallel; live tests start real tools and run one file at a time, for the machine has two cores.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: ['{harness,alerts,chaos,compose,reports,scenarios}/**/*.test.ts'], exclude: ['**/*.live.test.ts', 'reports/runs/**'] } },
      {
        test: {
          name: 'live',
          include: ['{harness,alerts,chaos,compose,reports,scenarios}/**/*.live.test.ts'],
          exclude: ['reports/runs/**'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
