import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The same tests as in Node, in real Chromium. Without one, CI fails to launch it and elsewhere a skipped test says so. */
const inChromium = process.env['CI'] !== undefined || existsSync(executablePath);

export default defineConfig({
  // Known beforehand, so that a first run does not reload the page when it meets them.
  optimizeDeps: { include: ['jose', 'fast-check'] },
  test: {
    name: 'protocol (chromium)',
    root: import.meta.dirname,
    include: inChromium ? ['test/**/*.test.ts'] : ['test/support/no-chromium.ts'],
    exclude: ['test/**/*.node.test.ts'],
    testTimeout: 30_000,
    browser: {
      enabled: inChromium,
      provider: playwright({ launchOptions: { executablePath, args } }),
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
    },
  },
});
