import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, hawkTarget, makeHawkHeader, parseHawkHeader, utf8, verifyHawk } from '../src/index.js';

/** The part of the foreign `hawk` package that is used here; it ships no types. */
interface ForeignHawk {
  readonly client: {
    header(uri: string | URL, method: string, options: object): { readonly header: string };
  };
  readonly server: {
    authenticate(
      request: object,
      credentials: (id: string) => Promise<object>,
      options: object,
    ): Promise<{ readonly artifacts: { readonly id: string; readonly app?: string } }>;
  };
}
const hawk: ForeignHawk = createRequire(import.meta.url)('hawk');

// The foreign package takes the key as text and cannot read an empty attribute.
const text = fc.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,20}$/);
const request = fc.record({
  id: text,
  key: text,
  ts: fc.integer({ min: 1, max: 2 ** 31 }),
  nonce: text,
  method: fc.constantFrom('GET', 'POST', 'delete'),
  url: fc
    .tuple(
      fc.constantFrom('http://x.org', 'https://X.org', 'http://127.0.0.1:3030', 'https://api.example.com:8443'),
      fc.stringMatching(/^\/[a-z0-9/_-]{0,20}(\?[a-z0-9=&%]{1,20})?$/),
    )
    .map((parts) => parts.join('')),
  payload: fc.option(
    fc.record({
      contentType: fc.constantFrom('application/json', 'Text/Plain; charset=utf-8', 'application/octet-stream'),
      body: fc.string({ unit: 'grapheme', minLength: 1 }),
    }),
    { nil: undefined },
  ),
  ext: fc.option(text, { nil: undefined }),
  app: fc.option(text, { nil: undefined }),
  dlg: fc.option(text, { nil: undefined }),
});

type HawkRequest = Parameters<typeof makeHawkHeader>[0];

const foreignHeader = (from: Omit<HawkRequest, 'key'> & { readonly key: string }): string =>
  hawk.client.header(from.url, from.method, {
    credentials: { id: from.id, key: from.key, algorithm: 'sha256' },
    timestamp: from.ts,
    nonce: from.nonce,
    ext: from.ext,
    app: from.app,
    dlg: from.dlg,
    payload: from.payload?.body,
    contentType: from.payload?.contentType,
  }).header;

describe('against the foreign hawk package', () => {
  test('both make the same header, to the letter', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (from) => {
        expect(await makeHawkHeader({ ...from, key: utf8(from.key) })).toBe(foreignHeader(from));
      }),
      { numRuns: 500 },
    );
  });

  test('what it makes, we accept', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (from) => {
        const attributes = parseHawkHeader(foreignHeader(from));
        expect(attributes?.id).toBe(from.id);
        if (attributes === undefined) return;
        const { method, payload } = from;
        const received = { ...hawkTarget(from.url), key: utf8(from.key), method, payload };
        expect(await verifyHawk(attributes, { ...received, window: { now: from.ts, seconds: 0 } })).toBe('ok');
      }),
      { numRuns: 500 },
    );
  });

  test('what we make, it accepts', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (from) => {
        const header = await makeHawkHeader({ ...from, key: utf8(from.key) });
        const { host, port, resource } = hawkTarget(from.url);
        const { artifacts } = await hawk.server.authenticate(
          {
            method: from.method,
            url: resource,
            headers: { authorization: header, host: `${host}:${port}`, 'content-type': from.payload?.contentType },
            connection: {},
          },
          async () => ({ key: from.key, algorithm: 'sha256' }),
          { payload: from.payload?.body, timestampSkewSec: 2 ** 32 },
        );
        expect(artifacts.id).toBe(from.id);
      }),
      { numRuns: 500 },
    );
  });

  test('a key is used as bytes: hex text of a reqHMACkey would give another MAC', async () => {
    const from = { id: 'a', key: new Uint8Array(32), ts: 1, nonce: 'n', method: 'GET', url: 'http://x.org/' };
    expect(await makeHawkHeader(from)).not.toBe(foreignHeader({ ...from, key: bytesToHex(from.key) }));
  });
});
