import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Context } from '../context.js';
import type { SigningKeyRow } from '../storage/index.js';
import { sealPrivateKey } from './signing-key-seal.js';
import { insertSigningKey, readPublishedKeys, retireOtherKeys } from './store/signing-keys.js';

/** What making and reading signing keys needs of the context. */
export type SigningKeyContext = Pick<Context, 'storage' | 'clock' | 'random' | 'secret'>;

const HOUR = 60 * 60 * 1000;
/** Verifiers may keep the key set for an hour (`Cache-Control` of `/jwks`), so a key is published longer before its use. */
const PUBLISHED_BEFORE_USE = 2 * HOUR;
/** The longest life of what a key signs is a day; its clock may be off a little. */
const PUBLISHED_AFTER_USE = 25 * HOUR;

const generate = promisify(generateKeyPair);

/** Makes the first key, unless another process does; the keys that are published then. */
export async function createFirstKey(context: SigningKeyContext): Promise<SigningKeyRow[]> {
  const { storage, clock } = context;
  const now = clock.now();
  // Every process that starts on an empty database comes to the same kid, so that only one of the keys is stored.
  const row = await createRow(context, nextKid([], now), now);
  await storage.transaction((tx) => insertSigningKey(tx, row));
  return readPublishedKeys(storage.db, now);
}

/**
 * Changes the signing key. The new one is published at once and signs after two hours, when every verifier knows it; the
 * old one stays published until all it signed has expired. `immediately`, for a key that leaked: the new one signs now,
 * and what the old one signed is void. Does nothing while an earlier rotation is under way.
 * @returns kid of the newest key
 */
export async function rotateSigningKeys(
  context: SigningKeyContext,
  options: { readonly immediately?: boolean } = {},
): Promise<string> {
  const { storage, clock } = context;
  const now = clock.now();
  const immediately = options.immediately === true;
  const published = await readPublishedKeys(storage.db, now);
  const newest = published.at(-1);
  if (newest !== undefined && newest.activeFrom > now && !immediately) return newest.kid;

  const activeFrom = immediately ? now : now + PUBLISHED_BEFORE_USE;
  const row = await createRow(context, nextKid(published, now), activeFrom);
  await storage.transaction(async (tx) => {
    // Whoever finds the kid taken rotated at the same moment as another process, which then does the rest.
    if (!(await insertSigningKey(tx, row))) return;
    await retireOtherKeys(tx, row.kid, immediately ? now : activeFrom + PUBLISHED_AFTER_USE);
  });
  return row.kid;
}

/** The day, and a number that tells apart the keys of one day. */
function nextKid(published: readonly SigningKeyRow[], now: number): string {
  const day = new Date(now).toISOString().slice(0, 10);
  const numbers = published
    .filter(({ kid }) => kid.startsWith(day))
    .map(({ kid }) => Number(kid.slice(day.length + 1)));
  return `${day}.${Math.max(0, ...numbers) + 1}`;
}

async function createRow(context: SigningKeyContext, kid: string, activeFrom: number): Promise<SigningKeyRow> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
  return {
    kid,
    publicJwk: publicJwk(publicKey),
    sealedPrivateKey: sealPrivateKey(context.secret, context.random, kid, privateKey),
    createdAt: context.clock.now(),
    activeFrom,
    retiredUntil: null,
  };
}

function publicJwk(publicKey: KeyObject): string {
  const { n, e } = publicKey.export({ format: 'jwk' });
  return JSON.stringify({ kty: 'RSA', n, e });
}
