import {
  accountReset,
  mfaRecoveryKeyCreate,
  mfaRecoveryKeyDelete,
  oauthEndpoints,
  openRecoveryData,
  recoveryKeyCreate,
  recoveryKeyDelete,
  recoveryKeyExists,
  recoveryKeyGet,
  recoveryKeyHint,
  recoveryKeyHintSet,
  recoveryKeyVerify,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepUp, turnTotpOn } from '../support/authenticator.js';
import { beginReset, keysOf, recoveryKeyFor, resetTokenFor, storeRecoveryKey } from '../support/passwords.js';
import { signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const KB = 'ef'.repeat(32);
/** Firefox for desktop computers, and the scope that lets it sync. */
const FIREFOX = '5882386c6d801776';
const OLDSYNC = 'https://identity.mozilla.com/apps/oldsync';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function person(email: string) {
  const account = await signUp(server, email);
  return { ...account, email, token: ['sessionToken', account.sessionToken] as const };
}

async function templates(email: string): Promise<(string | undefined)[]> {
  return (await server.mails(email))
    .map(({ headers }) => headers['x-template-name'])
    .filter((name) => name?.endsWith('AccountRecovery'));
}

test('a key is stored, found, fetched by a reset, opened to kB, and removed; its owner is told each time', async () => {
  const { uid, email, token } = await person('life@example.com');
  const { kB } = await keysOf(server, email);
  const { key, recoveryKeyId, recoveryData } = await recoveryKeyFor(uid, kB);
  expect(await server.ok(recoveryKeyExists, { token })).toMatchObject({ exists: false });
  expect(await server.ok(recoveryKeyCreate, { token, body: { recoveryKeyId, recoveryData } })).toEqual({});
  expect(await server.ok(recoveryKeyExists, { token })).toEqual({ exists: true, estimatedSyncDeviceCount: 0 });
  const reset = ['accountResetToken', await resetTokenFor(server, email)] as const;
  const fetched = await server.ok(recoveryKeyGet, { token: reset, params: { recoveryKeyId } });
  expect(Buffer.from(await openRecoveryData(key, uid, fetched.recoveryData)).toString('hex')).toBe(kB);
  // Fetching does not use anything up.
  await server.ok(recoveryKeyGet, { token: reset, params: { recoveryKeyId: recoveryKeyId.toUpperCase() } });
  expect(await server.ok(recoveryKeyDelete, { token })).toEqual({});
  expect(await server.ok(recoveryKeyExists, { token })).toMatchObject({ exists: false });
  expect(await server.ok(recoveryKeyDelete, { token })).toEqual({});
  expect(await templates(email)).toEqual(['postAddAccountRecovery', 'postRemoveAccountRecovery']);
});

test('the database does not hold the id that proves the key', async () => {
  const account = await person('dump@example.com');
  const { recoveryKeyId } = await storeRecoveryKey(server, account, KB);
  const rows = await server.server.context.storage.db.selectFrom('recoveryKeys').selectAll().execute();
  const stored = rows.map(({ keyIdHash }) => Buffer.from(keyIdHash).toString('hex'));
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.join()).not.toContain(recoveryKeyId);
});

test('a second key needs replaceKey; then only the new one opens, and the old hint is gone', async () => {
  const account = await person('replace@example.com');
  const { uid, email, token } = account;
  const first = await storeRecoveryKey(server, account, KB);
  await server.ok(recoveryKeyHintSet, { token, body: { hint: 'in the desk' } });
  const { recoveryKeyId, recoveryData } = await recoveryKeyFor(uid, KB, 4);
  const body = { recoveryKeyId, recoveryData };
  expect(await server.fails(recoveryKeyCreate, { token, body })).toMatchObject({ code: 400, errno: 161 });
  await server.ok(recoveryKeyCreate, { token, body: { ...body, replaceKey: true } });
  expect(await server.ok(recoveryKeyHint, { token })).toEqual({ hint: null });
  const reset = ['accountResetToken', await resetTokenFor(server, email)] as const;
  const old = await server.fails(recoveryKeyGet, { token: reset, params: { recoveryKeyId: first.recoveryKeyId } });
  expect(old).toMatchObject({ code: 400, errno: 159 });
  await server.ok(recoveryKeyGet, { token: reset, params: { recoveryKeyId } });
  expect(await templates(email)).toEqual(['postAddAccountRecovery', 'postChangeAccountRecovery']);
});

test('of many first keys at once one is stored', async () => {
  const { uid, token } = await person('many@example.com');
  const keys = await Promise.all(Array.from({ length: 10 }, (_, n) => recoveryKeyFor(uid, KB, n + 1)));
  const answers = await Promise.all(
    keys.map(({ recoveryKeyId, recoveryData }) =>
      server.call(recoveryKeyCreate, { token, body: { recoveryKeyId, recoveryData } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)]);
});

test('a key that is not enabled counts for nothing until its owner shows that they have it', async () => {
  const { uid, email, token } = await person('later@example.com');
  const { recoveryKeyId, recoveryData } = await recoveryKeyFor(uid, KB);
  expect(await server.fails(recoveryKeyVerify, { token, body: { recoveryKeyId } })).toMatchObject({ errno: 158 });
  await server.ok(recoveryKeyCreate, { token, body: { recoveryKeyId, recoveryData, enabled: false } });
  expect(await server.ok(recoveryKeyExists, { token })).toMatchObject({ exists: false });
  const reset = ['accountResetToken', await resetTokenFor(server, email)] as const;
  const params = { recoveryKeyId };
  expect(await server.fails(recoveryKeyGet, { token: reset, params })).toMatchObject({ errno: 158 });
  const body = { authPW: '1'.repeat(64), wrapKb: '1'.repeat(64), recoveryKeyId };
  expect(await server.fails(accountReset, { token: reset, body })).toMatchObject({ errno: 158 });
  const wrong = await server.fails(recoveryKeyVerify, { token, body: { recoveryKeyId: '0'.repeat(32) } });
  expect(wrong).toMatchObject({ errno: 159 });
  expect(await templates(email)).toEqual([]);
  await server.ok(recoveryKeyVerify, { token, body: { recoveryKeyId } });
  await server.ok(recoveryKeyVerify, { token, body: { recoveryKeyId } });
  await server.ok(recoveryKeyGet, { token: reset, params });
  expect(await templates(email)).toEqual(['postAddAccountRecovery']);
});

test('one that was never enabled may be replaced without saying so', async () => {
  const account = await person('abandoned@example.com');
  const abandoned = await recoveryKeyFor(account.uid, KB, 2);
  const { recoveryKeyId, recoveryData } = abandoned;
  await server.ok(recoveryKeyCreate, {
    token: account.token,
    body: { recoveryKeyId, recoveryData, enabled: false },
  });
  await storeRecoveryKey(server, account, KB);
  expect(await server.ok(recoveryKeyExists, { token: account.token })).toMatchObject({ exists: true });
});

describe('who may ask', () => {
  test('a session and the holder of a reset learn of devices, others only whether there is a key', async () => {
    const account = await person('asked@example.com');
    const { email, token } = account;
    await storeRecoveryKey(server, account, KB);
    await server.ok(oauthEndpoints.oauthToken, {
      token,
      body: { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: OLDSYNC, access_type: 'offline' },
    });
    await server.ok(oauthEndpoints.oauthToken, {
      token,
      body: { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: 'profile', access_type: 'offline' },
    });
    const all = { exists: true, estimatedSyncDeviceCount: 1 };
    expect(await server.ok(recoveryKeyExists, { token })).toEqual(all);
    const forgot = await beginReset(server, email);
    expect(await server.ok(recoveryKeyExists, { token: ['passwordForgotToken', forgot.token] })).toEqual(all);
    expect(await server.ok(recoveryKeyExists, { body: { email } })).toEqual({ exists: true });
  });

  test('without token and address: 108; an unknown address: 102; an unknown token of either scheme: 110', async () => {
    expect(await server.fails(recoveryKeyExists)).toMatchObject({ errno: 108, param: 'email' });
    expect(await server.fails(recoveryKeyHint)).toMatchObject({ errno: 108, param: 'email' });
    const email = 'void@example.com';
    expect(await server.fails(recoveryKeyExists, { body: { email } })).toMatchObject({ errno: 102 });
    expect(await server.fails(recoveryKeyHint, { query: { email } })).toMatchObject({ errno: 102 });
    for (const authorization of [
      `Bearer fxpf_${'0'.repeat(64)}`,
      `Bearer fxs_${'0'.repeat(64)}`,
      `Hawk id="${'0'.repeat(64)}", ts="1", nonce="a", mac="b"`,
    ]) {
      expect(await server.fails(recoveryKeyExists, { headers: { authorization }, body: { email } })).toMatchObject({
        code: 401,
        errno: 110,
      });
    }
  });

  test('where accounts are hidden, an unknown address has no key, as a known one without', async () => {
    const hiding = await startTestServer({ hideAccounts: true });
    try {
      await signUp(hiding, 'known@example.com');
      for (const email of ['known@example.com', 'void@example.com']) {
        expect(await hiding.ok(recoveryKeyExists, { body: { email } })).toEqual({ exists: false });
        expect(await hiding.fails(recoveryKeyHint, { query: { email } })).toMatchObject({ errno: 158 });
      }
    } finally {
      await hiding.close();
    }
  });
});

describe('the hint', () => {
  test('is kept with the key, read by session or address, and none without a key', async () => {
    const account = await person('hint@example.com');
    const { email, token } = account;
    expect(await server.fails(recoveryKeyHint, { token })).toMatchObject({ code: 400, errno: 158 });
    expect(await server.fails(recoveryKeyHintSet, { token, body: { hint: 'x' } })).toMatchObject({ errno: 158 });
    await storeRecoveryKey(server, account, KB);
    expect(await server.ok(recoveryKeyHint, { token })).toEqual({ hint: null });
    expect(await server.ok(recoveryKeyHintSet, { token, body: { hint: 'under the tree 🌳' } })).toEqual({});
    expect(await server.ok(recoveryKeyHint, { query: { email } })).toEqual({ hint: 'under the tree 🌳' });
  });

  test('is text that can be shown, 255 characters at most', async () => {
    const account = await person('hinttext@example.com');
    await storeRecoveryKey(server, account, KB);
    const { token } = account;
    for (const hint of ['bell\u0007', 'x'.repeat(256)]) {
      const error = await server.fails(recoveryKeyHintSet, { token, body: { hint } });
      expect(error).toMatchObject({ errno: 107, validation: { keys: ['hint'] } });
    }
    await server.ok(recoveryKeyHintSet, { token, body: { hint: 'x'.repeat(255) } });
  });
});

test('a step-up token stores and removes a key as a session does', async () => {
  const { uid, email, sessionToken, token } = await person('stepup@example.com');
  const headers = await stepUp(server, email, sessionToken, 'recovery_key');
  const { recoveryKeyId, recoveryData } = await recoveryKeyFor(uid, KB);
  const body = { recoveryKeyId, recoveryData };
  await server.ok(mfaRecoveryKeyCreate, { headers, body });
  expect(await server.fails(mfaRecoveryKeyCreate, { headers, body })).toMatchObject({ errno: 161 });
  await server.ok(mfaRecoveryKeyDelete, { headers });
  expect(await server.ok(recoveryKeyExists, { token })).toMatchObject({ exists: false });
  const other = await stepUp(server, email, sessionToken, 'email');
  expect(await server.fails(mfaRecoveryKeyCreate, { headers: other, body })).toMatchObject({ code: 401, errno: 223 });
  expect(await server.fails(mfaRecoveryKeyDelete, { headers: other })).toMatchObject({ code: 401, errno: 223 });
});

test('changing the key needs a confirmed account, a confirmed session, and the second factor where there is one', async () => {
  const fresh = await signUp(server, 'fresh@example.com', { confirm: false });
  const { sessionToken, uid, email } = await person('weak@example.com');
  const second = await signIn(server, email);
  server.clock.advance(80 * 60 * 60 * 1000);
  const third = await signIn(server, email);
  await turnTotpOn(server, sessionToken);
  const { recoveryKeyId, recoveryData } = await recoveryKeyFor(uid, KB);
  for (const [session, errno] of [
    [fresh.sessionToken, 104],
    [third.sessionToken, 138],
    [second.sessionToken, 222],
  ] as const) {
    const token = ['sessionToken', session] as const;
    const failures = [
      await server.fails(recoveryKeyCreate, { token, body: { recoveryKeyId, recoveryData } }),
      await server.fails(recoveryKeyVerify, { token, body: { recoveryKeyId } }),
      await server.fails(recoveryKeyHintSet, { token, body: { hint: 'x' } }),
      await server.fails(recoveryKeyDelete, { token }),
    ];
    expect(failures.map((failure) => failure.errno)).toEqual(Array(4).fill(errno));
  }
});

test('asking about keys is limited: the hundred and first question in fifteen minutes waits', async () => {
  const limited = await startTestServer({ rateLimits: true });
  try {
    const email = 'limited@example.com';
    await signUp(limited, email);
    for (let n = 0; n < 99; n += 1) await limited.ok(recoveryKeyExists, { body: { email } });
    expect(await limited.fails(recoveryKeyHint, { query: { email } })).toMatchObject({ errno: 158 });
    expect(await limited.fails(recoveryKeyExists, { body: { email } })).toMatchObject({ errno: 114, retryAfter: 900 });
    expect(await limited.fails(recoveryKeyHint, { query: { email } })).toMatchObject({ errno: 114 });
  } finally {
    await limited.close();
  }
});
