import { deriveVerifyHash, deriveWrapwrapKey, unwrapWrapKb, wrapWrapKb } from '@foxden/protocol';
import type { Context } from '../context.js';
import { fromHex } from '../storage/hex.js';
import type { AccountRow, Bytes } from '../storage/index.js';
import { constantTimeEqual } from '../tokens/index.js';
import type { PasswordHasher } from './hasher.js';
import { VERIFIER_ARGON2ID } from './hasher.js';

/** The account columns that a password is checked against. */
export type Verifier = Pick<
  AccountRow,
  'authSalt' | 'verifierVersion' | 'verifyHash' | 'verifyHashVersion2' | 'wrapWrapKb' | 'wrapWrapKbVersion2'
>;

/** The account columns that a new password sets. */
export type CredentialColumns = Verifier & Pick<AccountRow, 'clientSalt' | 'verifierSetAt'>;

/** A right password: which version it was, and the key it unwraps. */
export interface CheckedPassword {
  readonly version: 1 | 2;
  /** bytes, 32 */
  readonly wrapKb: Uint8Array<ArrayBuffer>;
}

/**
 * Checks an authPW of either version with one slow hash (auth-api §1.3, last paragraph).
 * @returns undefined when it matches neither
 */
export async function checkAuthPW(
  hasher: PasswordHasher,
  verifier: Verifier,
  authPW: string,
): Promise<CheckedPassword | undefined> {
  const stretched = await hasher.stretch(fromHex(authPW), verifier.authSalt, verifier.verifierVersion);
  const verifyHash = await deriveVerifyHash(stretched);
  const isVersion1 = constantTimeEqual(verifyHash, verifier.verifyHash);
  const isVersion2 = verifier.verifyHashVersion2 !== null && constantTimeEqual(verifyHash, verifier.verifyHashVersion2);
  const wrapped = isVersion2 ? verifier.wrapWrapKbVersion2 : verifier.wrapWrapKb;
  if ((!isVersion1 && !isVersion2) || wrapped === null) return undefined;
  const wrapwrapKey = await deriveWrapwrapKey(stretched);
  return { version: isVersion2 ? 2 : 1, wrapKb: unwrapWrapKb(wrapped, wrapwrapKey) };
}

/** Nothing has this hash. */
const NOBODY: Verifier = {
  authSalt: new Uint8Array(32),
  verifierVersion: VERIFIER_ARGON2ID,
  verifyHash: new Uint8Array(32),
  verifyHashVersion2: new Uint8Array(32),
  wrapWrapKb: new Uint8Array(32),
  wrapWrapKbVersion2: null,
};

/** Does the work of a password check where there is no account to check, so that the time does not tell. */
export async function pretendToCheck(hasher: PasswordHasher, authPW: string): Promise<void> {
  await checkAuthPW(hasher, NOBODY, authPW);
}

/** Hex fields of a request that sets a password: version 1 alone, or all five. */
export interface CredentialFields {
  readonly authPW: string;
  readonly wrapKb?: string | undefined;
  readonly authPWVersion2?: string | undefined;
  readonly wrapKbVersion2?: string | undefined;
  readonly clientSalt?: string | undefined;
}

/** New credential columns together with the wrapped keys in the clear, for the key bundles of the same answer. */
export interface NewCredentials {
  readonly columns: CredentialColumns;
  readonly wrapKb: Uint8Array<ArrayBuffer>;
  readonly wrapKbVersion2: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * Hashes new credentials under a new salt. Without `wrapKb` the server draws the wrapped key, which implies a new kB
 * (auth-api §1.4). Version 2 columns are cleared by a version 1 change, or the old password would still open the account.
 */
export async function createCredentials(context: Context, fields: CredentialFields): Promise<NewCredentials> {
  const authSalt = context.random.bytes(32);
  const stretched = await context.passwords.stretch(fromHex(fields.authPW), authSalt, VERIFIER_ARGON2ID);
  const wrapKb = fields.wrapKb === undefined ? context.random.bytes(32) : fromHex(fields.wrapKb);
  const version2 = await stretchVersion2(context, authSalt, fields);
  return {
    columns: {
      authSalt,
      verifierVersion: VERIFIER_ARGON2ID,
      verifyHash: await deriveVerifyHash(stretched),
      wrapWrapKb: wrapWrapKb(wrapKb, await deriveWrapwrapKey(stretched)),
      ...version2.columns,
      verifierSetAt: context.clock.now(),
    },
    wrapKb,
    wrapKbVersion2: version2.wrapKb,
  };
}

/** The version 2 columns for an account whose salt is given: part of every new password, and of an upgrade. */
export async function stretchVersion2(
  context: Context,
  authSalt: Bytes,
  fields: CredentialFields,
  verifierVersion: number = VERIFIER_ARGON2ID,
): Promise<{
  columns: Pick<CredentialColumns, 'verifyHashVersion2' | 'wrapWrapKbVersion2' | 'clientSalt'>;
  wrapKb: Uint8Array<ArrayBuffer> | undefined;
}> {
  const { authPWVersion2, wrapKbVersion2, clientSalt } = fields;
  if (authPWVersion2 === undefined || wrapKbVersion2 === undefined || clientSalt === undefined) {
    return { columns: { verifyHashVersion2: null, wrapWrapKbVersion2: null, clientSalt: null }, wrapKb: undefined };
  }
  const stretched = await context.passwords.stretch(fromHex(authPWVersion2), authSalt, verifierVersion);
  const wrapKb = fromHex(wrapKbVersion2);
  return {
    columns: {
      verifyHashVersion2: await deriveVerifyHash(stretched),
      wrapWrapKbVersion2: wrapWrapKb(wrapKb, await deriveWrapwrapKey(stretched)),
      clientSalt,
    },
    wrapKb,
  };
}
