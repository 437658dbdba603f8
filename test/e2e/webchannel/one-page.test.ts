import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.js';
import { openStage, type Stage } from '../support/stage.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

/** The package as a script that puts its exports into a global. */
async function packageScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@foxden/webchannel'", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'webchannel',
    target: ['chrome111', 'firefox115', 'safari16.4'],
  });
  return outputFiles[0]?.text ?? '';
}

declare const webchannel: typeof import('@foxden/webchannel');

describe.skipIf(withoutChromium)('both ends in one page of Chromium', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('sign a person in, and out again', async () => {
    const page = await stage.visit();
    await page.goto(stage.url);
    await page.evaluate(`${await packageScript()}; globalThis.webchannel = webchannel`);
    const heard = await page.evaluate(async (userAgent) => {
      const person = { email: 'rosa@example.org', uid: 'ab'.repeat(16) };
      const session = { ...person, sessionToken: 'a0'.repeat(32), verified: true };
      const events: string[] = [];
      let user: typeof session | undefined;
      const account = {
        signedInUser: async () => user,
        signIn: async () => {
          user = session;
        },
        completeFlow: async () => ({ hasSyncKey: true }),
        isFlowActive: async () => true,
        beginFlow: async () => ({}),
        changePassword: async () => undefined,
        refreshProfile: async () => undefined,
        disconnect: async () => undefined,
        forget: async () => {
          user = undefined;
          events.push('forgotten');
        },
      };
      const end = webchannel.createBrowserEnd({
        accountsUrl: location.origin,
        account,
        sync: {
          enable: async (choice) => void events.push(`sync without ${choice?.declinedEngines}`),
          disable: async () => undefined,
        },
        lastAccount: { read: async () => undefined, write: async () => undefined },
        capabilities: { multiService: true },
        context: 'oauth_webchannel_v1',
        confirmMerge: async () => false,
        open: async (place) => void events.push(place),
      });
      webchannel.attachToWindow(window, end);
      const after = (milliseconds: number, callback: () => void) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      };
      const channel = webchannel.openPageChannel({ target: window, userAgent, now: Date.now, after });
      if (channel === undefined) throw new Error('no channel');
      const sync = { offeredEngines: ['tabs', 'history'], declinedEngines: ['history'] };
      await channel.ask('fxaccounts:login', { ...session, services: { sync } });
      await channel.ask('fxaccounts:oauth_login', { action: 'signin', code: 'c', state: 's', redirect: 'r' });
      const { signedInUser } = await channel.ask('fxaccounts:fxa_status', { isPairing: false });
      events.push(signedInUser?.email ?? 'nobody');
      channel.tell('fxaccounts:logout', { uid: person.uid });
      await channel.ask('fxaccounts:sync_preferences', {});
      return events;
    }, FIREFOX);
    expect(heard).toEqual(['sync without history', 'rosa@example.org', 'forgotten', 'sync-preferences']);
  });
});
