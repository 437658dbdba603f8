import { test } from 'vitest';

test.skip('the protocol in Chromium: none at CHROMIUM_PATH or /usr/bin/chromium', () => {});
