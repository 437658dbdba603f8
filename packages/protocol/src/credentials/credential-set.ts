import { bytesToHex } from '../bytes/hex.js';
import { stretchPasswordV1, stretchPasswordV2 } from './stretch-password.js';
import { wrapKb } from './wrap-kb.js';

/** The body members of account/create, password/change/finish and account/reset with both versions (auth API §1.4). */
export interface CredentialSet {
  /** hex, 64 digits */
  readonly authPW: string;
  /** hex, 64 digits */
  readonly wrapKb: string;
  /** hex, 64 digits */
  readonly authPWVersion2: string;
  /** hex, 64 digits */
  readonly wrapKbVersion2: string;
  readonly clientSalt: string;
}

/**
 * Version 1 and version 2 credentials that open to the same kB (auth API §1.4).
 * @param from `email` in the spelling of the sign-up, `clientSalt` from `createClientSalt`, `kB` 32 bytes: fresh for a
 *   new account or a reset without recovery key, the existing one otherwise
 * @throws MalformedError on another clientSalt or length
 */
export async function createCredentialSet(from: {
  readonly email: string;
  readonly password: string;
  readonly clientSalt: string;
  readonly kB: Uint8Array;
}): Promise<CredentialSet> {
  const [v1, v2] = await Promise.all([
    stretchPasswordV1(from.email, from.password),
    stretchPasswordV2(from.clientSalt, from.password),
  ]);
  return {
    authPW: bytesToHex(v1.authPW),
    wrapKb: bytesToHex(wrapKb(from.kB, v1.unwrapBKey)),
    authPWVersion2: bytesToHex(v2.authPW),
    wrapKbVersion2: bytesToHex(wrapKb(from.kB, v2.unwrapBKey)),
    clientSalt: from.clientSalt,
  };
}
