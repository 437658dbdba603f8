import { getTotpStatus, signUp, verifySessionCode } from '@foxden/auth-client';
import {
  accountCreate,
  bytesToHex,
  createRecoveryKey,
  formatRecoveryKey,
  recoveryCodesReplace,
  recoveryKeyCreate,
  recoveryKeyId,
  sealRecoveryData,
  stretchPasswordV1,
  totpCreate,
  totpSetupComplete,
  totpSetupVerify,
} from '@foxden/protocol';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import type { AccountsServer } from './accounts-server.js';
import { heading, newAddress, PASSWORD } from './people.js';
import type { Stage } from './stage.js';

const STEP = 30_000;

/** Somebody whose account was made and confirmed by an application. */
export interface Person {
  readonly email: string;
  readonly uid: string;
  readonly sessionToken: string;
  /** bytes, 32 */
  readonly kB: Uint8Array;
}

export async function newPerson(server: AccountsServer, name?: string): Promise<Person> {
  const email = newAddress(name);
  const { uid, sessionToken, kB } = await signUp(server.client, { email, password: PASSWORD });
  await verifySessionCode(server.client, sessionToken, { code: await server.code(email) });
  return { email, uid, sessionToken, kB };
}

/** An account that was made without a page, and this browser is signed in to; gives its address. */
export async function existingAccount(stage: Stage, page: Page, name?: string): Promise<string> {
  const { uid, email, sessionToken } = await newPerson(stage, name);
  // Any answer of the origin will do, to reach its storage.
  await page.goto(`${stage.url}/__version__`);
  const account = { uid, email, sessionToken, authAt: Math.floor(Date.now() / 1000) };
  await page.evaluate((text) => localStorage.setItem('foxden.account', text), JSON.stringify(account));
  await page.goto(stage.url);
  await heading(page, 'You are signed in');
  return email;
}

/** Somebody with credentials as older clients made them; kB is not known here. */
export async function newPersonOfVersion1({ client, code }: AccountsServer): Promise<Omit<Person, 'kB'>> {
  const email = newAddress();
  const authPW = bytesToHex((await stretchPasswordV1(email, PASSWORD)).authPW);
  const body = { email, authPW, verificationMethod: 'email-otp' } as const;
  const { uid, sessionToken } = await client.call(accountCreate, { body });
  await verifySessionCode(client, sessionToken, { code: await code(email) });
  return { email, uid, sessionToken };
}

/** Turns the second step on; gives what the authenticator shows next, which was not used yet. */
export async function turnTotpOn({ client }: AccountsServer, { sessionToken }: Person): Promise<() => string> {
  const token = { sessionToken };
  const { secret } = await client.call(totpCreate, { token, body: {} });
  const codeAt = (timestamp: number) => new TOTP({ secret }).generate({ timestamp });
  await client.call(totpSetupVerify, { token, body: { code: codeAt(Date.now() - STEP) } });
  await client.call(totpSetupComplete, { token, body: {} });
  if (!(await getTotpStatus(client, token)).verified) throw new Error('the second step is not on');
  return () => codeAt(Date.now() + STEP);
}

export async function backupCodes({ client }: AccountsServer, { sessionToken }: Person): Promise<readonly string[]> {
  const { recoveryCodes } = await client.call(recoveryCodesReplace, { token: { sessionToken } });
  return recoveryCodes;
}

/** Gives the account a recovery key; gives it as people write it down. */
export async function storeRecoveryKey({ client }: AccountsServer, { uid, sessionToken, kB }: Person): Promise<string> {
  const key = createRecoveryKey(client.random(20));
  const body = {
    recoveryKeyId: await recoveryKeyId(key, uid),
    recoveryData: await sealRecoveryData(key, uid, kB, client.random),
    enabled: true,
  };
  await client.call(recoveryKeyCreate, { token: { sessionToken }, body });
  return formatRecoveryKey(key);
}
