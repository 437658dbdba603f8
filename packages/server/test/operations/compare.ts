import {
  accountCredentialsStatus,
  accountLogin,
  accountStatus,
  type ResponseOf,
  recoveryKeyExists,
  sessionDestroy,
  sessionStatus,
  sessionVerifyTotp,
  totpExists,
} from '@foxden/protocol';
import { expect } from 'vitest';
import { fetchKeys } from '../support/person.js';
import type { TestServer } from '../support/test-server.js';
import { type Account, type State, sessionsOf, withAccount } from './account.js';
import { authPW, EMAIL, stretch } from './credentials.js';
import { freshCode } from './operations.js';

/** Throws unless the server is in this state, in all that can be seen of it. Gives the state with the kB it has. */
export async function compare(server: TestServer, state: State): Promise<State> {
  for (const session of state.endedSessions) {
    expect(await server.fails(sessionStatus, { token: ['sessionToken', session] })).toMatchObject({ errno: 110 });
  }
  const { account } = state;
  if (account === undefined) {
    expect(await server.ok(accountStatus, { body: { email: EMAIL } })).toEqual({ exists: false });
    return state;
  }
  for (const session of sessionsOf(account)) {
    expect(await server.ok(sessionStatus, { token: ['sessionToken', session] })).toMatchObject({ uid: account.uid });
  }
  await expectFormerPasswordsRefused(server, state);
  await expectFactors(server, account);
  const kB = await kBOf(server, account, 1);
  expect(account.kB ?? kB, 'kB').toBe(kB);
  if (account.isVersion2) expect(await kBOf(server, account, 2), 'kB of version 2').toBe(kB);
  return withAccount(state, { kB });
}

async function expectFormerPasswordsRefused(server: TestServer, { formerPasswords }: State): Promise<void> {
  for (const password of new Set(formerPasswords)) {
    for (const version of [1, 2] as const) {
      const body = { email: EMAIL, authPW: await authPW(version, password) };
      expect(await server.fails(accountLogin, { body }), `the former ${password}`).toMatchObject({ errno: 103 });
    }
  }
}

async function expectFactors(server: TestServer, account: Account): Promise<void> {
  const { currentVersion, upgradeNeeded } = await server.ok(accountCredentialsStatus, { body: { email: EMAIL } });
  expect({ currentVersion, upgradeNeeded }).toEqual({
    currentVersion: account.isVersion2 ? 'v2' : 'v1',
    upgradeNeeded: !account.isVersion2,
  });
  const { exists } = await server.ok(recoveryKeyExists, { body: { email: EMAIL } });
  expect(exists, 'a recovery key').toBe(account.recoveryKey !== undefined);
}

/** kB (hex), as a device that signs in finds it; the sign-in is undone. */
async function kBOf(server: TestServer, account: Account, version: 1 | 2): Promise<string> {
  const signedIn = await server.ok(accountLogin, {
    query: { keys: 'true' },
    body: { email: EMAIL, authPW: await authPW(version, account.password) },
  });
  const token = ['sessionToken', signedIn.sessionToken] as const;
  const isOn = account.totpSecret !== undefined;
  expect(await server.ok(totpExists, { token })).toMatchObject({ verified: isOn });
  expect(signedIn.verified, 'verified by the password alone').toBe(!isOn);
  if (account.totpSecret !== undefined) {
    const body = { code: freshCode(server, account.totpSecret) };
    expect(await server.ok(sessionVerifyTotp, { token, body })).toEqual({ success: true });
  }
  const { unwrapBKey } = await stretch(version, account.password);
  const { kB } = await fetchKeys(server, keyFetchTokenOf(signedIn, version), unwrapBKey);
  await server.ok(sessionDestroy, { token });
  return kB;
}

function keyFetchTokenOf(signedIn: ResponseOf<typeof accountLogin>, version: 1 | 2): string | undefined {
  return version === 1 ? signedIn.keyFetchToken : signedIn.keyFetchTokenVersion2;
}
