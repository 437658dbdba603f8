import type { ResponseOf, totpCreate } from '@foxden/protocol';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';
import { base32 } from './base32.js';
import { otpauthUri, qrCodeUrl } from './qr-code.js';
import { findPendingSecret, putPendingSecret } from './store/pending-secrets.js';
import { findTotpToken } from './store/totp-tokens.js';
import { createSecret, openSecret } from './totp-secret.js';

type Offer = ResponseOf<typeof totpCreate>;

/**
 * Begins to set an authenticator up: shows a secret (auth-api §6.10, `/totp/create`).
 * @throws TOTP_EXISTS, what {@link requireVerifiedSession} throws
 */
export async function beginSetup(context: Context, session: Session): Promise<Offer> {
  requireVerifiedSession(session);
  const sealedSecret = await context.storage.transaction(async (tx) => {
    if ((await findTotpToken(tx, session.uid)) !== undefined) throw authError('TOTP_EXISTS');
    return offerSecret(context, tx, session);
  });
  return describe(context, session, sealedSecret);
}

/**
 * Begins to replace the authenticator, which goes on to work meanwhile (auth-api §6.10, `/totp/replace/start`).
 * @throws TOTP_SECRET_NOT_FOUND, what {@link requireVerifiedSession} throws
 */
export async function beginReplacement(context: Context, session: Session): Promise<Offer> {
  requireVerifiedSession(session);
  const sealedSecret = await context.storage.transaction(async (tx) => {
    if ((await findTotpToken(tx, session.uid)) === undefined) throw authError('TOTP_SECRET_NOT_FOUND');
    return offerSecret(context, tx, session);
  });
  return describe(context, session, sealedSecret);
}

/**
 * The secret that the session was shown before while that waits, else a new one: whoever reloads the page has scanned it
 * already. Another session gets another secret, so that nobody sets up what somebody else has seen.
 */
async function offerSecret(context: Context, tx: Database, session: Session): Promise<Bytes> {
  const now = context.clock.now();
  const pending = await findPendingSecret(tx, session, now);
  const sealedSecret = pending?.sealedSecret ?? createSecret(context, session.uid);
  await putPendingSecret(tx, {
    uid: fromHex(session.uid),
    sessionTokenHash: session.tokenHash,
    sealedSecret,
    acceptedStep: pending?.acceptedStep ?? null,
    createdAt: now,
  });
  return sealedSecret;
}

function describe(context: Context, session: Session, sealedSecret: Bytes): Offer {
  const secret = base32(openSecret(context, session.uid, sealedSecret));
  return { qrCodeUrl: qrCodeUrl(otpauthUri(context.config.siteName, session.email, secret)), secret };
}
