import {
  accountDestroy,
  accountReset,
  deriveScopedKey,
  hexToBytes,
  oauthEndpoints,
  passwordChangeFinish,
  SCOPE_OLDSYNC,
  type ScopedKey,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syncMount } from '../../cli/src/sync-mount.js';
import {
  credentialsOf,
  keysOf,
  NEW_PASSWORD,
  resetTokenFor,
  startChange,
  storeRecoveryKey,
} from '../../server/test/support/passwords.js';
import { authPWOf, signIn, signUp } from '../../server/test/support/person.js';
import { startTestServer, type TestServer } from '../../server/test/support/test-server.js';
import { StorageClient } from './support/storage-client.js';

const FIREFOX = '5882386c6d801776';
const MINUTE = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, { mounts: [syncMount] });
});
afterAll(() => server.close());

/** What a signed-in Firefox holds. */
interface Browser {
  readonly accessToken: string;
  readonly key: ScopedKey;
}

async function browserOf(email: string, uid: string, sessionToken: string, kB: string): Promise<Browser> {
  const token = ['sessionToken', sessionToken] as const;
  // As long as Firefox asks for: such a token is not stored, and so cannot be revoked.
  const ttl = 21_600;
  const grant = { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: SCOPE_OLDSYNC, ttl } as const;
  const { access_token: accessToken } = await server.ok(oauthEndpoints.oauthToken, { token, body: grant });
  const data = await server.ok(oauthEndpoints.scopedKeyData, {
    token,
    body: { client_id: FIREFOX, scope: SCOPE_OLDSYNC },
  });
  const entry = data[SCOPE_OLDSYNC];
  if (entry === undefined) throw new Error(`no key for ${email}`);
  return { accessToken, key: await deriveScopedKey(entry, hexToBytes(kB), uid) };
}

async function ask({ accessToken, key }: Browser): Promise<{ status: number; body: Record<string, never> }> {
  const headers = { authorization: `Bearer ${accessToken}`, 'x-keyid': key.kid };
  const response = await server.raw('/1.0/sync/1.5', { headers });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

async function storageOf(browser: Browser): Promise<StorageClient> {
  const { status, body } = await ask(browser);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const { uid, id, key } = body;
  return new StorageClient(server.url, Number(uid), { id: `${id}`, key: `${key}` }, () => server.clock.now());
}

/** A new person with something in Sync. */
async function person(email: string) {
  const { uid, sessionToken } = await signUp(server, email);
  const { kB } = await keysOf(server, email);
  const browser = await browserOf(email, uid, sessionToken, kB);
  const storage = await storageOf(browser);
  await storage.put('/storage/bookmarks/a', { payload: 'a bookmark' });
  return { email, uid, sessionToken, kB, browser, storage };
}

describe('Sync in an accounts server', () => {
  test('is where clients are told it is', async () => {
    const response = await server.raw('/.well-known/fxa-client-configuration');
    expect(await response.json()).toMatchObject({ sync_tokenserver_base_url: server.url });
    expect((await server.raw('/1.0/sync/1.5')).status).toBe(401);
    expect((await server.raw('/1.5/1/info/collections')).status).toBe(401);
    expect((await server.raw('/__lbheartbeat__')).status).toBe(200);
  });

  test('gives two browsers of an account the same data, and another account none of it', async () => {
    const first = await person('two@example.com');
    const { sessionToken } = await signIn(server, first.email);
    const second = await storageOf(await browserOf(first.email, first.uid, sessionToken, first.kB));
    expect(second.uid).toBe(first.storage.uid);
    expect((await second.get('/storage/bookmarks/a')).json.payload).toBe('a bookmark');
    const other = await person('other@example.com');
    expect(other.storage.uid).not.toBe(first.storage.uid);
  });

  test('wants the scope of Sync', async () => {
    const { sessionToken, browser } = await person('scope@example.com');
    const body = { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: 'profile' } as const;
    const answer = await server.ok(oauthEndpoints.oauthToken, { token: ['sessionToken', sessionToken], body });
    expect((await ask({ ...browser, accessToken: answer.access_token })).status).toBe(401);
    expect((await ask({ ...browser, accessToken: 'f'.repeat(64) })).status).toBe(401);
  });

  test('keeps the data through a password change, and refuses tokens from before it', async () => {
    const { email, uid, sessionToken, kB, browser, storage } = await person('change@example.com');
    server.clock.advance(MINUTE);
    const { passwordChangeToken } = await startChange(server, email, sessionToken);
    const { authPW, wrapKb, authPWVersion2, wrapKbVersion2, clientSalt } = await credentialsOf(email, NEW_PASSWORD, kB);
    await server.ok(passwordChangeFinish, {
      token: ['passwordChangeToken', passwordChangeToken],
      body: { authPW, wrapKb, authPWVersion2, wrapKbVersion2, clientSalt },
    });
    await server.server.context.notifications.runOnce();
    const again = await signIn(server, email, { password: NEW_PASSWORD });
    const next = await browserOf(email, uid, again.sessionToken, kB);
    expect(next.key.kid).toBe(browser.key.kid);
    expect((await ask(browser)).status).toBe(401);
    const after = await storageOf(next);
    expect(after.uid).toBe(storage.uid);
    expect((await after.get('/storage/bookmarks/a')).json.payload).toBe('a bookmark');
  });

  test('starts empty after a reset without the recovery key, and refuses the old keys', async () => {
    const { email, uid, browser, storage } = await person('reset@example.com');
    server.clock.advance(MINUTE);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    await server.ok(accountReset, { token, body: { authPW: await authPWOf(email, NEW_PASSWORD) } });
    await server.server.context.notifications.runOnce();
    const { kB } = await keysOf(server, email, NEW_PASSWORD);
    const { sessionToken } = await signIn(server, email, { password: NEW_PASSWORD });
    const next = await browserOf(email, uid, sessionToken, kB);
    const after = await storageOf(next);
    expect(after.uid).not.toBe(storage.uid);
    expect((await after.get('/info/collections')).json).toEqual({});
    const stale = await ask({ ...next, key: browser.key });
    expect([stale.status, `${stale.body['status']}`]).toEqual([401, 'invalid-client-state']);
    expect((await ask(browser)).status).toBe(401);
  });

  test('keeps the data through a reset with the recovery key', async () => {
    const { email, uid, sessionToken, kB, storage } = await person('recovery@example.com');
    const { recoveryKeyId } = await storeRecoveryKey(server, { uid, sessionToken }, kB);
    server.clock.advance(MINUTE);
    const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
    const { authPW, wrapKb } = await credentialsOf(email, NEW_PASSWORD, kB);
    await server.ok(accountReset, { token, body: { authPW, wrapKb, recoveryKeyId } });
    await server.server.context.notifications.runOnce();
    const again = await signIn(server, email, { password: NEW_PASSWORD });
    const after = await storageOf(await browserOf(email, uid, again.sessionToken, kB));
    expect(after.uid).toBe(storage.uid);
    expect((await after.get('/storage/bookmarks/a')).json.payload).toBe('a bookmark');
  });

  test('forgets everything of an account that is deleted', async () => {
    const { email, sessionToken, browser, storage } = await person('gone@example.com');
    await server.ok(accountDestroy, {
      token: ['sessionToken', sessionToken],
      body: { email, authPW: await authPWOf(email) },
    });
    await server.server.context.notifications.runOnce();
    expect((await storage.get('/info/collections')).json).toEqual({});
    expect((await ask(browser)).status).toBe(401);
  });
});
