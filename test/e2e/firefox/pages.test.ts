import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAddress } from './support/accounts-in-firefox.js';
import { withoutFirefox } from './support/firefox.js';
import { type FirefoxStage, openFirefoxStage } from './support/firefox-stage.js';

let stage: FirefoxStage;
beforeAll(async () => {
  if (!withoutFirefox) stage = await openFirefoxStage();
});
afterAll(() => stage?.close());

describe.skipIf(withoutFirefox)('a stock Firefox', () => {
  it('opens our sign-in page by one preference, and reaches nobody else', async () => {
    const firefox = await stage.firefox();
    const address = new URL(await signInAddress(firefox));
    expect(address.origin).toBe(new URL(stage.url).origin);
    await firefox.open(address.href);
    await firefox.type('[name=email]', 'rosa@example.org');
    expect(await firefox.inPage(() => document.querySelector('h1')?.textContent)).toBe('Sign in or create an account');
    expect(firefox.refused).toEqual([]);
  });
});
