import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/soak/**/*.test.ts', 'test/e2e/webchannel/versions.test.ts', 'test/e2e/settings/tasks.test.ts'],
    env: { FOXDEN_ALL_BROWSERS: '1' },
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
  },
});
