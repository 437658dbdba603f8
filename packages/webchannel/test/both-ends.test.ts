import { describe, expect, it } from 'vitest';
import { attachToWindow, createBrowserEnd, openPageChannel } from '../src/index.js';
import { memoryBrowser, rosa, STATE, session } from './support/memory-browser.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

/** Both ends in one window, as when a test or a preload script plays the browser. */
function window(origin = 'https://accounts.example.org', answerAs: 'object' | 'text' = 'object') {
  const browser = memoryBrowser();
  const target = Object.assign(new EventTarget(), { location: { origin } });
  const detach = attachToWindow(target, createBrowserEnd(browser), { answerAs });
  const after = (milliseconds: number, callback: () => void) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  };
  const channel = openPageChannel({ target, userAgent: FIREFOX, now: Date.now, after });
  if (channel === undefined) throw new Error('no channel');
  return { browser, channel, detach };
}

describe('both ends in one window', () => {
  it.each(['object', 'text'] as const)('sign a person in, with answers as %s', async (answerAs) => {
    const { browser, channel } = window(undefined, answerAs);
    const { signedInUser, capabilities } = await channel.ask('fxaccounts:fxa_status', { isPairing: false });
    expect([signedInUser, capabilities?.multiService]).toEqual([null, true]);
    expect(await channel.ask('fxaccounts:can_link_account', rosa)).toEqual({ ok: true });
    expect(await channel.ask('fxaccounts:login', { ...session(), services: { sync: {} } })).toEqual({ ok: true });
    const redirect = 'urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel';
    const code = { action: 'signin', code: 'c0', state: STATE, redirect } as const;
    expect(await channel.ask('fxaccounts:oauth_login', code)).toEqual({ ok: true });
    expect(browser.syncing).toBe(true);
    await expect(channel.ask('fxaccounts:oauth_login', { ...code, state: 'other' })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('INVALID_STATE'),
    });
  });

  it('do not talk where the page is another server’s', async () => {
    const { channel } = window('https://evil.example');
    await expect(channel.ask('fxaccounts:fxa_status', { isPairing: false })).rejects.toMatchObject({
      kind: 'no-channel',
    });
  });

  it('do not talk once the browser has left', async () => {
    const { channel, detach } = window();
    detach();
    await expect(channel.ask('fxaccounts:fxa_status', { isPairing: false }, 1)).rejects.toMatchObject({
      kind: 'timeout',
    });
  });
});
