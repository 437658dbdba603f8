import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // With `isolate: false`, files share what they import: nothing of ours is global, and half of the time was loading it.
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['packages/*/test/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/soak/**', 'test/e2e/**'],
          globalSetup: 'test/support/postgres-global.ts',
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          // Browsers take both cores: one file at a time.
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          isolate: false,
          testTimeout: 60_000,
        },
      },
      './packages/protocol/vitest.browser.config.ts',
    ],
  },
});
