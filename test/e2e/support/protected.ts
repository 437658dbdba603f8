import { getTotpStatus, signUp, verifySessionCode } from '@foxden/auth-client';
import {
  createRecoveryKey,
  formatRecoveryKey,
  recoveryCodesReplace,
  recoveryKeyCreate,
  recoveryKeyId,
  sealRecoveryData,
  totpCreate,
  totpSetupComplete,
  totpSetupVerify,
} from '@foxden/protocol';
import { TOTP } from 'otpauth';
import { newAddress, PASSWORD } from './people.js';
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

export async function newPerson(stage: Stage, name?: string): Promise<Person> {
  const email = newAddress(name);
  const { uid, sessionToken, kB } = await signUp(stage.client, { email, password: PASSWORD });
  await verifySessionCode(stage.client, sessionToken, { code: await stage.code(email) });
  return { email, uid, sessionToken, kB };
}

/** Turns the second step on; gives what the authenticator shows next, which was not used yet. */
export async function turnTotpOn({ client }: Stage, { sessionToken }: Person): Promise<() => string> {
  const token = { sessionToken };
  const { secret } = await client.call(totpCreate, { token, body: {} });
  const codeAt = (timestamp: number) => new TOTP({ secret }).generate({ timestamp });
  await client.call(totpSetupVerify, { token, body: { code: codeAt(Date.now() - STEP) } });
  await client.call(totpSetupComplete, { token, body: {} });
  if (!(await getTotpStatus(client, token)).verified) throw new Error('the second step is not on');
  return () => codeAt(Date.now() + STEP);
}

export async function backupCodes({ client }: Stage, { sessionToken }: Person): Promise<readonly string[]> {
  const { recoveryCodes } = await client.call(recoveryCodesReplace, { token: { sessionToken } });
  return recoveryCodes;
}

/** Gives the account a recovery key; gives it as people write it down. */
export async function storeRecoveryKey({ client }: Stage, { uid, sessionToken, kB }: Person): Promise<string> {
  const key = createRecoveryKey(client.random(20));
  const body = {
    recoveryKeyId: await recoveryKeyId(key, uid),
    recoveryData: await sealRecoveryData(key, uid, kB, client.random),
    enabled: true,
  };
  await client.call(recoveryKeyCreate, { token: { sessionToken }, body });
  return formatRecoveryKey(key);
}
