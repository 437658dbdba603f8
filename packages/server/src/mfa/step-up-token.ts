import type { MfaAction } from '@foxden/protocol';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { authenticateSession, type Session } from '../sessions/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import { deriveKey } from '../tokens/index.js';

/** Seconds; a token may be used again until then. */
const LIFETIME = 30 * 60;
/** Tells the tokens from others that anybody may sign with HS256 (RFC 8725 §3.11). */
const TYPE = 'mfa+jwt';

function signingKey(context: Context): Uint8Array {
  return deriveKey(context.secret, 'foxden/mfa/token');
}

/**
 * A token that allows one kind of change in the settings (auth-api §6.14). `stid` names the session by the hash that is
 * stored, since the tokenId is a credential of its own.
 */
export async function createStepUpToken(context: Context, session: Session, action: MfaAction): Promise<string> {
  const { publicUrl } = context.config;
  const now = Math.floor(context.clock.now() / 1000);
  return new SignJWT({ scope: [`mfa:${action}`], stid: toHex(session.tokenHash) })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(session.uid)
    .setIssuer(publicUrl)
    .setAudience(publicUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFETIME)
    .setJti(uuid(context.random.bytes(16)))
    .sign(signingKey(context));
}

/**
 * The session that a step-up token was given to, if the token has the scope and the session lives.
 * @throws INVALID_MFA_TOKEN
 */
export async function authenticateStepUp(context: Context, token: string, scope: `mfa:${MfaAction}`): Promise<Session> {
  const claims = await readClaims(context, token);
  const scopes: unknown = claims['scope'];
  const stid: unknown = claims['stid'];
  if (!Array.isArray(scopes) || !scopes.includes(scope) || typeof stid !== 'string')
    throw authError('INVALID_MFA_TOKEN');
  const session = await authenticateSession(context, fromHex(stid));
  if (session === undefined || session.uid !== claims['sub']) throw authError('INVALID_MFA_TOKEN');
  return session;
}

async function readClaims(context: Context, token: string): Promise<Readonly<Record<string, unknown>>> {
  const { publicUrl } = context.config;
  try {
    const { payload } = await jwtVerify(token, signingKey(context), {
      algorithms: ['HS256'],
      typ: TYPE,
      issuer: publicUrl,
      audience: publicUrl,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(context.clock.now()),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw authError('INVALID_MFA_TOKEN');
    throw error;
  }
}

/** RFC 9562 §5.4, from 16 random bytes. */
function uuid(random: Uint8Array): string {
  const bytes = Buffer.from(random);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
