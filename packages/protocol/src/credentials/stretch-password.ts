import { type Bytes, utf8 } from '../bytes/bytes.js';
import { hkdfSha256, pbkdf2Sha256 } from '../bytes/digests.js';
import { MalformedError } from '../bytes/errors.js';
import { clientSaltPattern } from './client-salt.js';
import { kw } from './namespace.js';

/** What a password becomes on the client: `authPW` (32 bytes) is shown to the server, `unwrapBKey` (32 bytes) never. */
export interface StretchedPassword {
  readonly authPW: Bytes;
  readonly unwrapBKey: Bytes;
}

/**
 * Version 1 stretching (auth API §1.1). `email` is the address in the exact spelling the account was created with;
 * neither it nor the password is normalised.
 */
export function stretchPasswordV1(email: string, password: string): Promise<StretchedPassword> {
  return stretch(password, kw(`quickStretch:${email}`), 1000);
}

/**
 * Version 2 stretching (auth API §1.2): 650 000 rounds, so about a tenth of a second of one core.
 * @param clientSalt the whole text that the server keeps, see `clientSaltPattern`
 * @throws MalformedError on any other salt, so that a server cannot choose a weak or a version 1 salt
 */
export async function stretchPasswordV2(clientSalt: string, password: string): Promise<StretchedPassword> {
  if (!clientSaltPattern.test(clientSalt)) throw new MalformedError('not a version 2 clientSalt');
  return stretch(password, clientSalt, 650_000);
}

async function stretch(password: string, salt: string, iterations: number): Promise<StretchedPassword> {
  const quickStretchedPW = await pbkdf2Sha256(utf8(password), utf8(salt), iterations, 32);
  const [authPW, unwrapBKey] = await Promise.all([
    hkdfSha256(quickStretchedPW, kw('authPW'), 32),
    hkdfSha256(quickStretchedPW, kw('unwrapBkey'), 32),
  ]);
  return { authPW, unwrapBKey };
}
