import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Context } from '../context.js';
import type { SigningKeyRow } from '../storage/index.js';
import { type Claims, hasValidSignature, parseJwt, signJwt } from './jwt.js';
import { createFirstKey, type SigningKeyContext } from './signing-key-rotation.js';
import { openPrivateKey } from './signing-key-seal.js';
import { readPublishedKeys } from './store/signing-keys.js';

/** What a JWT is for. Its `typ` keeps one from passing for another (RFC 8725 §3.11). */
export type JwtType = 'JWT' | 'at+JWT' | 'secevent+jwt';

/** A public key as `/jwks` shows it. */
export interface PublishedKey {
  readonly kty: 'RSA';
  readonly alg: 'RS256';
  readonly use: 'sig';
  readonly kid: string;
  /** base64url */
  readonly n: string;
  readonly e: string;
  /** Seconds. */
  readonly 'fxa-createdAt': number;
}

/** The keys that sign ID tokens, JWT access tokens and the events that services are told. */
export interface SigningKeys {
  /** Signs claims with the current key; waits for it when the server has just started for the first time. */
  sign(type: JwtType, claims: Claims): Promise<string>;
  /** The claims of a JWT of that type that a published key signed, whether expired or not; undefined for any other text. */
  verify(type: JwtType, jwt: string): Promise<Claims | undefined>;
  /** Previous, current and next key. */
  published(): Promise<PublishedKey[]>;
}

interface Key {
  readonly row: SigningKeyRow;
  readonly publicKey: KeyObject;
  readonly publishedKey: PublishedKey;
}

/** How long a process may not notice a rotation by another one; far less than a key is published before its use. */
const REFRESH_INTERVAL = 60_000;
/** Tokens with a made-up kid must not become database reads. */
const UNKNOWN_KID_INTERVAL = 5_000;

/** Opens the signing keys and, on the first start ever, begins to make one; the caller need not wait for it. */
export function createSigningKeys(context: SigningKeyContext & Pick<Context, 'log'>): SigningKeys {
  const { storage, clock, secret, log } = context;
  const privateKeys = new Map<string, KeyObject>();
  let keys: Promise<Key[]> | undefined;
  let readAt = 0;

  async function read(): Promise<Key[]> {
    const rows = await readPublishedKeys(storage.db, clock.now());
    return (rows.length > 0 ? rows : await createFirstKey(context)).map(toKey);
  }

  function refresh(): Promise<Key[]> {
    const before = keys;
    const reading = read();
    keys = reading;
    readAt = clock.now();
    // Whoever waits for the keys hears why there are none; the next one tries again.
    reading.catch((error: unknown) => {
      log.error('signing-keys', { error: error instanceof Error ? error.message : String(error) });
      if (keys === reading) keys = before;
    });
    return reading;
  }

  function currentKeys(maxAge: number): Promise<Key[]> {
    return keys === undefined || clock.now() - readAt >= maxAge ? refresh() : keys;
  }

  /** The youngest key whose time has come; the first one if clocks disagree about its beginning. */
  async function signingKey(): Promise<Key> {
    const candidates = await currentKeys(REFRESH_INTERVAL);
    const now = clock.now();
    const key = candidates.findLast(({ row }) => row.activeFrom <= now) ?? candidates[0];
    if (key === undefined) throw new Error('There is no signing key');
    return key;
  }

  function privateKey({ row }: Key): KeyObject {
    const opened = privateKeys.get(row.kid) ?? openPrivateKey(secret, row.kid, row.sealedPrivateKey);
    privateKeys.set(row.kid, opened);
    return opened;
  }

  async function keyOf(kid: unknown): Promise<Key | undefined> {
    const isMeant = ({ row }: Key) => row.kid === kid;
    const known = (await currentKeys(REFRESH_INTERVAL)).find(isMeant);
    return known ?? (await currentKeys(UNKNOWN_KID_INTERVAL)).find(isMeant);
  }

  refresh();

  return {
    async sign(type, claims) {
      const key = await signingKey();
      return signJwt({ typ: type, kid: key.row.kid }, claims, privateKey(key));
    },
    async verify(type, jwt) {
      const parsed = parseJwt(jwt);
      if (parsed === undefined || !isType(parsed.header['typ'], type)) return undefined;
      const key = await keyOf(parsed.header['kid']);
      return key !== undefined && hasValidSignature(parsed, key.publicKey) ? parsed.claims : undefined;
    },
    async published() {
      return (await currentKeys(REFRESH_INTERVAL)).map((key) => key.publishedKey);
    },
  };
}

/** RFC 9068 §4: `typ` is compared without regard to case, and may have the prefix `application/`. */
function isType(typ: unknown, type: JwtType): boolean {
  return typeof typ === 'string' && typ.toLowerCase().replace(/^application\//, '') === type.toLowerCase();
}

function toKey(row: SigningKeyRow): Key {
  const { n, e } = JSON.parse(row.publicJwk) as { n: string; e: string };
  return {
    row,
    publicKey: createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }),
    publishedKey: {
      kty: 'RSA',
      alg: 'RS256',
      use: 'sig',
      kid: row.kid,
      n,
      e,
      'fxa-createdAt': Math.floor(row.createdAt / 1000),
    },
  };
}
