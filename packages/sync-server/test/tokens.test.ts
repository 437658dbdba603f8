import { computeHawkMac, hawkPayloadHash } from '@foxden/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokenKeys, makeToken, metricsHashes, openToken } from '../src/tokens/index.js';

const PAYLOAD = {
  node: 'https://sync.example.test',
  fxa_kid: '0000001700000-qqo',
  fxa_uid: '0123456789abcdef0123456789abcdef',
  hashed_device_id: '00112233445566778899aabbccddeeff',
  hashed_fxa_uid: 'ffeeddccbbaa99887766554433221100',
  expires: 1_800_000_000,
  uid: 42,
  tokenserver_origin: 'rust',
  salt: 'a1b2c3',
};
const KEY = '3vrCT5b52yTKQeSrtc3Et0GpNPM3SRxEDSYAYETfPHo=';
const keys = createTokenKeys('secret0');

describe('tokens (vectors of sync §2.6)', () => {
  test('are signed and have their key', () => {
    const { id, key } = makeToken(keys, PAYLOAD);
    expect(id).toHaveLength(432);
    expect(id.endsWith('c2FsdCI6ImExYjJjMyJ9AQuk-fnz6ld2Y3oAAYOz_u6SVkOfyNVMBm-jLsXDyvc=')).toBe(true);
    expect(key).toBe(KEY);
    expect(openToken(keys, id)).toEqual({ uid: 42, expires: 1_800_000_000, key });
  });

  test('hash accounts and devices', () => {
    expect(metricsHashes('secret0', PAYLOAD.fxa_uid)).toEqual({
      fxaUid: 'dbf9e62f4ed48c193921dd518f0459f3',
      deviceId: 'cfa8d478d2144fb4de7cc770f8a17334',
    });
  });

  test('sign requests (vectors of sync §3)', async () => {
    const signed = { host: 'sync.example.test', port: 443, ts: '1700000000', nonce: 'Ygvqdz' };
    const key = Buffer.from(KEY, 'ascii');
    const resource = '/1.5/42/storage/bookmarks?full=1&newer=1388635807.41';
    expect(await computeHawkMac(key, { ...signed, method: 'GET', resource })).toBe(
      '7uVTbW3nyqMWpxDH65LeyaKM5wxDdF+porNFElwNEGI=',
    );
    const hash = await hawkPayloadHash({ contentType: 'application/json', body: '{"payload":"x"}' });
    expect(hash).toBe('jmHzSyysKOC/NIDrUxA90eKJDFvHr2ce0Vnr9Kj1ETU=');
    expect(await computeHawkMac(key, { ...signed, method: 'PUT', resource: '/1.5/42/storage/meta/global', hash })).toBe(
      'Eo1s2ESuEoJaLtFqd8LE9wouC/B0KEiT2w3z6WlJZ+A=',
    );
  });

  test('with any byte changed, of another secret, or no token at all are none', () => {
    const { id } = makeToken(keys, PAYLOAD);
    expect(openToken(createTokenKeys('secret1'), id)).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: id.length - 2 }), fc.constantFrom('A', 'B', '-'), (index, letter) => {
        fc.pre(id[index] !== letter);
        expect(openToken(keys, id.slice(0, index) + letter + id.slice(index + 1))).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => openToken(keys, text) === undefined));
  });

  test('of other servers may say less, but not nothing', () => {
    const sign = (claims: object) => {
      const bytes = Buffer.from(JSON.stringify(claims));
      return Buffer.concat([bytes, keys.sign(bytes)]).toString('base64url');
    };
    expect(openToken(keys, sign({ uid: 7, expires: 1.5, salt: 'aa' }))).toMatchObject({ uid: 7, expires: 1.5 });
    for (const claims of [
      {},
      [],
      { uid: '7', expires: 1, salt: 'aa' },
      { uid: 7, salt: 'aa' },
      { uid: 7, expires: 1 },
    ]) {
      expect(openToken(keys, sign(claims))).toBeUndefined();
    }
  });
});
