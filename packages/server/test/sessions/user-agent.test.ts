import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeUserAgent, parseUserAgent } from '../../src/sessions/index.js';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux', '140.0', null],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
    'Firefox on Windows',
    '128.0',
    null,
  ],
  ['Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox on Android', '140.0', 'mobile'],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 FxiOS/128.0 Mobile/15E148',
    'Firefox on iOS',
    '128.0',
    'tablet',
  ],
  ['Firefox-iOS-FxA/24', 'Firefox on iOS', '24', 'mobile'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    'Safari on Mac OS X',
    '17.5',
    null,
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
    'Edge on Windows',
    '126.0.0.0',
    null,
  ],
  ['curl/8.0', undefined, null, null],
])('%s is %s', (header, words, version, type) => {
  const agent = parseUserAgent(header);
  expect(describeUserAgent(agent)).toBe(words);
  expect(agent.uaBrowserVersion).toBe(version);
  expect(agent.uaDeviceType).toBe(type);
});

test.each([
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0', '10.15'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15', '10.15.7'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0', '10.0'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', null],
])('%s runs on version %s of its system', (header, version) => {
  expect(parseUserAgent(header).uaOSVersion).toBe(version);
});

test('any header is read, and fast', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (header) => {
      const { uaBrowser, uaOS } = parseUserAgent(header);
      expect([uaBrowser, uaOS].every((name) => name === null || name.length < 20)).toBe(true);
    }),
  );
});
