import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairingError, pairingUrl, readPairingRequest, readPairingUrl } from '../src/index.js';
import { DATA, REQUEST } from './support/sides.js';

const CHANNEL = { channelId: 'abcdefghijklmnopqrst-_', channelKey: `${'k'.repeat(42)}A` };
const FRAGMENT = `channel_id=${CHANNEL.channelId}&channel_key=${CHANNEL.channelKey}`;

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('a pairing URL', () => {
  it.each([
    ['https://accounts.example.com', `https://accounts.example.com/pair#${FRAGMENT}`],
    ['https://accounts.example.com/', `https://accounts.example.com/pair#${FRAGMENT}`],
    ['https://example.com/accounts', `https://example.com/accounts/pair#${FRAGMENT}`],
  ])('of %s is %s', (contentUrl, url) => {
    expect(pairingUrl(contentUrl, CHANNEL)).toBe(url);
    expect(readPairingUrl(url)).toEqual(CHANNEL);
  });

  it.each([
    ['with a slash after its path', `https://accounts.example.com/pair/#${FRAGMENT}`],
    ['with its version', `https://accounts.example.com/pair#${FRAGMENT}&v=2`],
    ['of the supplicant’s page', `https://accounts.example.com/pair/supp?state=s#${FRAGMENT}`],
  ])('%s is read', (_, url) => {
    expect(readPairingUrl(url)).toEqual(CHANNEL);
  });

  it.each([
    ['that is none', FRAGMENT],
    ['without a fragment', 'https://accounts.example.com/pair'],
    ['with the channel in its query', `https://accounts.example.com/pair?${FRAGMENT}`],
    ['with a short id', `https://accounts.example.com/pair#${FRAGMENT.replace('=a', '=')}`],
    ['with an id of other characters', `https://accounts.example.com/pair#${FRAGMENT.replace('=a', '=.')}`],
    ['with a short key', `https://accounts.example.com/pair#${FRAGMENT.slice(0, -1)}`],
    ['with a key that is no base64url of 32 bytes', `https://accounts.example.com/pair#${FRAGMENT.slice(0, -1)}B`],
  ])('%s is refused, and its key not shown', (_, url) => {
    const error = failureOf(() => readPairingUrl(url));
    expect(error).toBeInstanceOf(PairingError);
    expect(error).toMatchObject({ kind: 'malformed' });
    expect(String(error)).not.toContain('kkk');
  });

  it('of anything is read, or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), (url) => {
        expect(failureOf(() => readPairingUrl(url))).toMatchObject({ kind: 'malformed' });
      }),
      { numRuns: 300 },
    );
  });
});

describe('the request in the query of the supplicant’s page', () => {
  const query = () => new URLSearchParams(DATA['pair:supp:request'] as Record<string, string>);

  it('is read as it was meant', () => {
    expect(readPairingRequest(query())).toEqual(REQUEST);
  });

  it.each(['client_id', 'scope', 'state', 'code_challenge', 'code_challenge_method', 'keys_jwk'])(
    'is refused without %s',
    (name) => {
      const incomplete = query();
      incomplete.delete(name);
      expect(failureOf(() => readPairingRequest(incomplete))).toMatchObject({ kind: 'malformed' });
    },
  );

  it('is for offline use when nothing is said', () => {
    const short = query();
    short.delete('access_type');
    expect(readPairingRequest(short).accessType).toBe('offline');
    short.set('access_type', 'online');
    expect(readPairingRequest(short).accessType).toBe('online');
  });
});
