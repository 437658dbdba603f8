import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type HawkAttributes,
  type HawkTarget,
  hawkNormalizedString,
  hawkTarget,
  parseHawkHeader,
} from '@foxden/protocol';
import { WeaveError } from '../errors.js';
import { type OpenedToken, openToken, type TokenKeys } from '../tokens/index.js';
import { TokenCache } from './token-cache.js';

/** A request to the storage, as far as its authentication needs it. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly url: string;
  readonly authorization: string | undefined;
  /** Of the path. */
  readonly uid: number;
}

/** Checks requests to the storage by the token that signed them. */
export interface Authenticator {
  /**
   * Gives the payload hash (base64) that the request claims, still to be compared; undefined when it claims none.
   * @throws WeaveError UNAUTHORIZED; BAD_REQUEST when the token is another user's
   */
  authenticate(request: SignedRequest): string | undefined;
}

/**
 * Hawk with the tokens of a master secret (sync §3). A valid token is enough: it may be another token server's with the
 * same secret. Neither time nor nonce is checked, as clients with wrong clocks exist.
 * @param nodeUrl where clients reach the storage, without a trailing slash
 * @param now milliseconds
 */
export function createAuthenticator(keys: TokenKeys, nodeUrl: string, now: () => number): Authenticator {
  const opened = new TokenCache((id) => openToken(keys, id));
  const { host, port } = hawkTarget(nodeUrl);
  const prefix = new URL(nodeUrl).pathname.replace(/\/$/, '');
  return {
    authenticate({ method, url, authorization, uid }) {
      const attributes = authorization?.startsWith('Hawk ') ? parseHawkHeader(authorization) : undefined;
      const token = attributes && opened.get(attributes.id);
      if (attributes === undefined || token === undefined) throw new WeaveError('UNAUTHORIZED');
      if (isExpired(token, now()) && !url.split('?', 1)[0]?.endsWith(`/1.5/${uid}/info/collections`)) {
        throw new WeaveError('UNAUTHORIZED');
      }
      if (!hasValidMac(attributes, { host, port, resource: prefix + url, method }, token.key)) {
        throw new WeaveError('UNAUTHORIZED');
      }
      if (token.uid !== uid) throw new WeaveError('BAD_REQUEST');
      return attributes.hash;
    },
  };
}

/** Without WebCrypto, which goes through other threads: this is the larger part of answering a small request. */
function hasValidMac(
  { ts, nonce, mac, hash, ext, app, dlg }: HawkAttributes,
  target: HawkTarget & { readonly method: string },
  key: string,
): boolean {
  if (ts === undefined || nonce === undefined || mac === undefined) return false;
  const text = hawkNormalizedString({ ...target, ts, nonce, hash, ext, app, dlg });
  const expected = createHmac('sha256', key).update(text).digest('base64');
  return mac.length === expected.length && timingSafeEqual(Buffer.from(mac), Buffer.from(expected));
}

/** One that has expired may still ask whether there is anything new. */
function isExpired({ expires }: OpenedToken, now: number): boolean {
  return expires <= now / 1000;
}
