import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/fixtures/vectors/oauth-misc.json';
import keyVectors from '../../../test/fixtures/vectors/scoped-keys.json';
import {
  atHash,
  clientSecretHash,
  codeChallengePattern,
  codeVerifierBase64urlPattern,
  codeVerifierPattern,
  createCodeChallenge,
  derivePpid,
  MalformedError,
  matchesCodeChallenge,
  oauthTokenId,
  utf8,
} from '../src/index.js';

describe('ids of what is secret', () => {
  test.each(vectors.tokenId)('$kind', async ({ token, sha256OfDecodedBytes }) => {
    expect(await oauthTokenId(token)).toBe(sha256OfDecodedBytes);
    expect(await oauthTokenId(token.toUpperCase())).toBe(sha256OfDecodedBytes);
  });

  test.each(vectors.clientSecret)('client secret', async ({ secret, hashedSecret }) => {
    expect(await clientSecretHash(secret)).toBe(hashedSecret);
  });

  test.each(['', 'ab', 'z'.repeat(64), '0'.repeat(63), '0'.repeat(66)])('%j is neither', async (text) => {
    await expect(oauthTokenId(text)).rejects.toThrow(MalformedError);
    await expect(clientSecretHash(text)).rejects.toThrow(MalformedError);
  });
});

test.each(vectors.atHash)('at_hash of $accessToken', async (vector) => {
  expect(await atHash(vector.accessToken)).toBe(vector.atHash);
});

test.each(vectors.ppid)('pairwise subject with seed $ppidSeed', async (vector) => {
  const { clientId, uid, ppidSeed, rotation, salt, sub } = vector;
  expect(await derivePpid({ clientId, uid, ppidSeed, rotation: Number(rotation) }, utf8(salt))).toBe(sub);
});

describe('PKCE', () => {
  const unreserved = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~');
  const codeVerifier = fc.string({ unit: unreserved, minLength: 43, maxLength: 128 });

  test.each(keyVectors.pkceS256)('challenge of $codeVerifier', async (vector) => {
    expect(await createCodeChallenge(vector.codeVerifier)).toBe(vector.codeChallenge);
    expect(await matchesCodeChallenge(vector.codeVerifier, vector.codeChallenge)).toBe(true);
  });

  test('every verifier of the RFC has a challenge that it alone matches', async () => {
    await fc.assert(
      fc.asyncProperty(codeVerifier, codeVerifier, async (one, other) => {
        const challenge = await createCodeChallenge(one);
        expect(challenge).toMatch(codeChallengePattern);
        expect(await matchesCodeChallenge(one, challenge)).toBe(true);
        expect(await matchesCodeChallenge(other, challenge)).toBe(one === other);
      }),
      { numRuns: 50 },
    );
  });

  test.each(['', 'a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(43)}\n`, `${'a'.repeat(42)}+`, `${'a'.repeat(42)}é`])(
    '%j is no verifier: refused when made, false when matched',
    async (text) => {
      await expect(createCodeChallenge(text)).rejects.toThrow(MalformedError);
      expect(await matchesCodeChallenge(text, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')).toBe(false);
    },
  );

  test('the narrower pattern leaves out dot and tilde, nothing else', () => {
    fc.assert(
      fc.property(codeVerifier, (text) => {
        expect(text).toMatch(codeVerifierPattern);
        expect(codeVerifierBase64urlPattern.test(text)).toBe(!/[.~]/.test(text));
      }),
    );
  });
});
