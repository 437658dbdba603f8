import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATHS = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const found = PATHS.find((path) => path !== undefined && existsSync(path));

/** Without a browser these tests are skipped on a developer's machine, and fail where everything is to be checked. */
export const withoutChromium = found === undefined && process.env['CI'] === undefined;

/** @throws Error when there is none */
export function launchChromium(): Promise<Browser> {
  if (found === undefined) throw new Error('Chromium is missing: install it, or name it in CHROMIUM_PATH');
  return chromium.launch({ executablePath: found, args: FLAGS });
}
