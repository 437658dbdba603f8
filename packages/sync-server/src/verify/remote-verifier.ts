import { type CryptoKey, errors, importJWK, type JWK, jwtVerify } from 'jose';
import { AccountsUnavailable, type Clock, type TokenVerifier, type VerifiedToken } from '../surroundings.js';

export interface RemoteVerifierOptions {
  /** Base URL of the OAuth server, below which `/v1/jwks` and `/v1/verify` are. */
  readonly accountsUrl: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** Milliseconds. */
const PATIENCE = 10_000;
const KEYS_LIFETIME = 10 * 60_000;
/** A key that nobody knows may be new; but strangers must not make us ask all the time. */
const KEYS_MIN_AGE = 60_000;
const LEEWAY_SECONDS = 60;

/** What a local check of a JWT found; `unknown` is for the accounts server to decide. */
type Verdict = VerifiedToken | 'refused' | 'unknown';

/**
 * Verifies access tokens of any FxA-compatible server (sync §2.2): JWTs with its published keys, everything else by
 * asking it. Neither `aud` nor `iss` is looked at.
 */
export function createRemoteVerifier(options: RemoteVerifierOptions): TokenVerifier {
  const keys = publishedKeys(options);
  return {
    async verify(token) {
      const verdict = await verifyJwt(token, await keys(KEYS_LIFETIME), options.clock);
      const again = verdict === 'refused' ? await verifyJwt(token, await keys(KEYS_MIN_AGE), options.clock) : verdict;
      if (again === 'unknown') return ask(options, token);
      return again === 'refused' ? undefined : again;
    },
  };
}

/** The keys of the server, asked for again when they are older than a number of milliseconds. */
function publishedKeys({ accountsUrl, fetch, clock }: RemoteVerifierOptions) {
  let known: { readonly keys: readonly CryptoKey[]; readonly readAt: number } | undefined;
  return async (maxAge: number): Promise<readonly CryptoKey[]> => {
    if (known !== undefined && clock.now() - known.readAt <= maxAge) return known.keys;
    const keys = await fetchKeys(`${accountsUrl}/v1/jwks`, fetch);
    // An outage of a moment does not make good keys bad.
    known = { keys: keys.length === 0 && known !== undefined ? known.keys : keys, readAt: clock.now() };
    return known.keys;
  };
}

/** A failed request, or an answer that is no key set, counts as no keys. */
async function fetchKeys(url: string, get: typeof fetch): Promise<CryptoKey[]> {
  try {
    const response = await get(url, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' });
    const { keys } = (await response.json()) as { keys: JWK[] };
    const imported = await Promise.all(
      keys.filter(({ kty }) => kty === 'RSA').map(({ kty, n, e }) => importJWK({ kty, n, e } as JWK, 'RS256')),
    );
    return imported.filter((key): key is CryptoKey => !(key instanceof Uint8Array));
  } catch {
    return [];
  }
}

async function verifyJwt(token: string, keys: readonly CryptoKey[], clock: Clock): Promise<Verdict> {
  let verdict: Verdict = 'unknown';
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        typ: 'at+jwt',
        clockTolerance: LEEWAY_SECONDS,
        currentDate: new Date(clock.now()),
        requiredClaims: ['sub', 'exp'],
      });
      return read({ user: payload.sub, scope: payload['scope'], generation: payload['fxa-generation'] }) ?? 'refused';
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) verdict = 'refused';
      else if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) return 'refused';
      else return 'unknown';
    }
  }
  return verdict;
}

async function ask({ accountsUrl, fetch }: RemoteVerifierOptions, token: string): Promise<VerifiedToken | undefined> {
  try {
    const response = await fetch(`${accountsUrl}/v1/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ token }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return undefined;
    }
    return read((await response.json()) as Record<string, unknown>);
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new AccountsUnavailable('The accounts server does not answer.', { cause: error });
    }
    return undefined;
  }
}

/** Undefined when what should name an account and its scopes does not. */
function read({ user, scope, generation }: Readonly<Record<string, unknown>>): VerifiedToken | undefined {
  if (typeof user !== 'string' || !/^[0-9a-f]{1,64}$/i.test(user)) return undefined;
  const scopes = typeof scope === 'string' ? splitScope(scope) : scope;
  if (!Array.isArray(scopes)) return undefined;
  return {
    uid: user.toLowerCase(),
    scopes: scopes.filter((value): value is string => typeof value === 'string'),
    generation: typeof generation === 'number' ? generation : undefined,
  };
}

/** By spaces as OAuth has it, or by commas as one of the token servers reads it. */
function splitScope(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((value) => value !== '');
}
