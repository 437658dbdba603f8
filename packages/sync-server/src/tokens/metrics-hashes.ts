import { createHmac } from 'node:crypto';

const HASH_DIGITS = 32;

/** The names under which clients report about an account and its device without naming them (sync §2.6). */
export function metricsHashes(secret: string, fxaUid: string): { readonly fxaUid: string; readonly deviceId: string } {
  const hash = (text: string): string => createHmac('sha256', secret).update(text).digest('hex').slice(0, HASH_DIGITS);
  const hashed = hash(fxaUid);
  return { fxaUid: hashed, deviceId: hash(`${hashed}none`) };
}
