import { accountStatus } from '@foxden/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, turnTotpOn, wrongCode } from '../../packages/server/test/support/authenticator.js';
import { signIn, signUp } from '../../packages/server/test/support/person.js';
import { APP_CLIENT, type LiveStage, openLiveStage } from './support/live-stage.js';
import { openTerminal, type Terminal, withoutTerminal } from './support/pseudo-terminal.js';

const PASSWORD = 'correct horse battery staple';

describe.skipIf(withoutTerminal)('the terminal example, in a pseudo-terminal', () => {
  let stage: LiveStage;
  let terminal: Terminal | undefined;
  beforeAll(async () => {
    stage = await openLiveStage({ blockTestAddresses: true });
  });
  afterEach(() => terminal?.kill());
  afterAll(() => stage.close());

  const run = (...args: string[]): Terminal => {
    const environment = {
      FOXDEN_URL: stage.accounts.url,
      CLIENT_ID: APP_CLIENT.id,
      REDIRECT_URI: APP_CLIENT.redirectUri,
    };
    terminal = openTerminal(['examples/in-app-terminal.mjs', ...args], environment);
    return terminal;
  };

  it('signs up, confirms, signs in with an authenticator, and deletes the account', async () => {
    const email = 'rosa@example.com';
    const first = run();
    await first.sees('Your email address:');
    first.types(email);
    await first.sees('has no account yet');
    for (const [password, complaint] of [
      ['short', 'eight characters'],
      ['rosa@example', 'too close to your address'],
      ['password', 'Everybody tries'],
    ] as const) {
      await first.sees('Choose a password:');
      first.types(password);
      await first.sees(complaint);
    }
    await first.sees('Choose a password:');
    first.types(PASSWORD);
    await first.sees('6 digits that were mailed');
    const mailed = await stage.code(email);
    first.types(mailed === '000000' ? '000001' : '000000');
    await first.sees('That code is wrong');
    await first.sees('6 digits that were mailed');
    first.types(mailed);
    await first.sees('Signed in, with an access token for profile');
    expect(await first.exit).toBe(0);
    expect(first.output()).not.toContain(PASSWORD);

    const { sessionToken } = await signIn(stage.accounts, email, { password: PASSWORD });
    const secret = await turnTotpOn(stage.accounts, sessionToken);
    const now = () => stage.accounts.clock.now();

    const second = run();
    await second.sees('Your email address:');
    second.types(email);
    await second.sees(`The password of ${email}:`);
    second.types('not the password');
    await second.sees('That is not the password');
    await second.sees(`The password of ${email}:`);
    second.types(PASSWORD);
    await second.sees('6 digits of your authenticator');
    second.types(wrongCode(secret, now()));
    await second.sees('not what the authenticator shows');
    await second.sees('6 digits of your authenticator');
    second.types(codeOf(secret, now()));
    await second.sees('Signed in');
    expect(await second.exit).toBe(0);

    stage.accounts.clock.advance(30_000);
    const third = run('delete', email);
    await third.sees(`The password of ${email}:`);
    third.types(PASSWORD);
    await third.sees('6 digits of your authenticator');
    third.types(codeOf(secret, now()));
    await third.sees('Type “delete”');
    third.types('delete');
    await third.sees('The account is deleted.');
    expect(await third.exit).toBe(0);
    expect(await stage.accounts.ok(accountStatus, { body: { email } })).toMatchObject({ exists: false });
  });

  it('signs in with an unblock code, also with one that is mailed again', async () => {
    const email = 'block-rosa@example.com';
    await signUp(stage.accounts, email);
    const blocked = run();
    await blocked.sees('Your email address:');
    blocked.types(email);
    await blocked.sees(`The password of ${email}:`);
    blocked.types(PASSWORD);
    await blocked.sees('8 characters that were mailed');
    blocked.types('AAAAAAAA');
    await blocked.sees('That code is wrong');
    await blocked.sees('8 characters that were mailed');
    blocked.types('r');
    await blocked.sees('once more');
    await blocked.sees('8 characters that were mailed');
    blocked.types(await secondCode(email));
    await blocked.sees('Signed in');
    expect(await blocked.exit).toBe(0);
  });

  it('is cancelled with Ctrl-C', async () => {
    const cancelled = run();
    await cancelled.sees('Your email address:');
    cancelled.types('\u0003');
    await cancelled.sees('Cancelled.');
    expect(await cancelled.exit).toBe(0);
  });

  async function secondCode(email: string): Promise<string> {
    for (;;) {
      const codes = (await stage.accounts.mails(email)).flatMap(({ headers }) => headers['x-unblock-code'] ?? []);
      if (codes[1] !== undefined) return codes[1];
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
});
