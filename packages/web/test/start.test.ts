import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { missingAbility } from '../src/environment.js';
import { memoryStorage } from './support/memory-storage.js';

describe('the configuration', () => {
  const documentWith = (content: string | undefined) =>
    ({ querySelector: () => (content === undefined ? null : { content }) }) as unknown as Document;

  it('is what the server wrote into the document', () => {
    expect(readConfig(documentWith('{"siteName":"Our accounts","more":1}'))).toEqual({
      siteName: 'Our accounts',
      hideAccounts: false,
      issuer: '',
      pairingServer: '',
      pairingClients: undefined,
    });
    expect(readConfig(documentWith('{"hideAccounts":true}')).hideAccounts).toBe(true);
    expect(
      readConfig(documentWith('{"pairingServer":"wss://example.com/fox","pairingClients":["a2270f727f45f648"]}')),
    ).toMatchObject({ pairingServer: 'wss://example.com/fox', pairingClients: ['a2270f727f45f648'] });
  });

  it.each([
    undefined,
    '',
    '%FOXDEN_CONFIG%',
    'null',
    '{"siteName":""}',
    '{"siteName":7,"hideAccounts":1,"pairingServer":1,"pairingClients":"a"}',
  ])('has defaults for %o', (content) => {
    expect(readConfig(documentWith(content))).toEqual({
      siteName: 'Foxden',
      hideAccounts: false,
      issuer: '',
      pairingServer: '',
      pairingClients: undefined,
    });
  });
});

describe('a browser', () => {
  const browser = (change: object) =>
    ({ crypto: { subtle: {} }, localStorage: memoryStorage(), ...change }) as unknown as typeof globalThis;

  it('lacks nothing where both are there, and keeps nothing of the trial', () => {
    const complete = browser({});
    expect(missingAbility(complete)).toBeUndefined();
    expect(complete.localStorage.length).toBe(0);
  });

  it('lacks cryptography on an address that is not secure', () => {
    expect(missingAbility(browser({ crypto: {} }))).toBe('cryptography');
  });

  it('lacks storage where reaching for it or filling it is refused', () => {
    const refuse = () => {
      throw new DOMException('no', 'SecurityError');
    };
    expect(missingAbility(Object.defineProperty(browser({}), 'localStorage', { get: refuse }))).toBe('storage');
    expect(missingAbility(browser({ localStorage: { ...memoryStorage(), setItem: refuse } }))).toBe('storage');
    expect(missingAbility(browser({ localStorage: null }))).toBe('storage');
  });
});
