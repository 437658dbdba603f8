import { bytesToHex, createCodeChallenge, deriveToken, hexToBytes, makeHawkHeader } from '@foxden/protocol';
import { describe, expect, it, vi } from 'vitest';
import {
  commonPasswords,
  decodeIncrementalList,
  ERROR_NAMES,
  STATE_NAMES,
  validateEmailAddress,
  validatePasswordEmail,
  validatePasswordLength,
} from '../src/index.js';
import { authPWOf } from '../src/requests/sign-in.js';
import { vectors } from './support/vectors.js';

const { validation, crypto } = vectors;

describe('what the original checks', () => {
  it.each(validation.email)('the address $input: $valid', ({ input, valid }) => {
    expect(validateEmailAddress(input)).toBe(valid);
  });

  it('the length of passwords', () => {
    expect(validation.passwordLength.map(([password]) => [password, validatePasswordLength(password)])).toEqual(
      validation.passwordLength,
    );
  });

  it('common passwords, with the list that comes along', async () => {
    const { validatePasswordCommons } = commonPasswords();
    const all = [...validation.passwordCommons, ['password', false], ['test@test.com', true]] as const;
    for (const [password, valid] of all) expect(await validatePasswordCommons(password), password).toBe(valid);
  });

  it.each(validation.passwordEmail)('$password beside $email: $valid', ({ password, email, valid }) => {
    expect(validatePasswordEmail(password, email)).toBe(valid);
  });

  it.each(validation.incrementalDecoder)('the list $buffer: $input is $result', ({ buffer, input, result }) => {
    const find = () => (decodeIncrementalList(buffer).has(input) ? 'found' : 'notFound');
    if (result === 'decodeFailure') expect(find).toThrow(TypeError);
    else expect(find()).toBe(result);
  });
});

describe('what ours checks besides', () => {
  it('a password that holds the address, or is its first half in other letters', () => {
    expect(validatePasswordEmail('my rosa@example.com!', 'rosa@example.com')).toBe(false);
    expect(validatePasswordEmail('ROSALIND', 'rosalind@example.com')).toBe(false);
    expect(validatePasswordEmail('rosalind and her cat', 'rosalind@example.com')).toBe(true);
  });

  it('common passwords with a list of one’s own, which is asked for late, once, and again when it changes', async () => {
    const load = vi.fn(async () => '0foxfoxfox');
    const list = commonPasswords(load);
    expect(await list.validatePasswordCommons('short')).toBe(true);
    expect(load).not.toHaveBeenCalled();
    expect(await list.validatePasswordCommons('foxfoxfox')).toBe(false);
    expect(await list.validatePasswordCommons('Foxfoxfox')).toBe(true);
    expect(load).toHaveBeenCalledTimes(1);
    load.mockResolvedValue('0badgers1');
    list.refresh();
    expect(await list.validatePasswordCommons('foxfoxfox')).toBe(true);
    expect(await list.validatePasswordCommons('badgers1')).toBe(false);
  });

  it('nothing, where the list is missing or broken, and asks for it again', async () => {
    const load = vi.fn(async () => '9broken');
    const list = commonPasswords(load);
    expect(await list.validatePasswordCommons('password')).toBe(true);
    load.mockRejectedValueOnce(new Error('offline'));
    expect(await list.validatePasswordCommons('password')).toBe(true);
    load.mockResolvedValue('0password');
    expect(await list.validatePasswordCommons('password')).toBe(false);
  });
});

describe('the cryptography', () => {
  it.each(crypto.authPW)('stretches the password of $email', async ({ email, password, authPW }) => {
    expect(await authPWOf({ email, password })).toBe(authPW);
  });

  it('derives the Hawk credentials and headers of the original', async () => {
    const { sessionToken, tokenId, reqHMACkey, requests } = crypto.hawk;
    const derived = await deriveToken('sessionToken', hexToBytes(sessionToken));
    expect([derived.tokenId, bytesToHex(derived.reqHMACkey)]).toEqual([tokenId, reqHMACkey]);
    for (const { method, url, ts, nonce, body, contentType = '', header } of requests) {
      const payload = body === undefined ? undefined : { contentType, body };
      const made = await makeHawkHeader({ id: tokenId, key: derived.reqHMACkey, method, url, ts, nonce, payload });
      expect(attributes(made)).toEqual(attributes(header));
    }
  });

  it('makes the challenge of a verifier', async () => {
    const { verifier, challengeUnpadded, challengePadded } = crypto.pkce;
    expect(await createCodeChallenge(verifier)).toBe(challengeUnpadded);
    expect(`${challengeUnpadded}=`).toBe(challengePadded);
  });
});

it('has all states and errors of the original, and says which ones are its own', () => {
  expect(vectors.states.filter((name) => !STATE_NAMES.some((ours) => ours === name))).toEqual([]);
  expect(STATE_NAMES.filter((name) => !vectors.states.includes(name))).toEqual(['Finalizing']);
  expect(vectors.errors.filter((name) => !ERROR_NAMES.some((ours) => ours === name))).toEqual([]);
  expect(ERROR_NAMES.filter((name) => !vectors.errors.includes(name))).toEqual([
    'AccountCreationRejected',
    'EmailAlreadyExists',
    'InvalidEmailCode',
    'Unexpected',
  ]);
});

/** The attributes of a header, whose order is free. */
function attributes(header: string): string[] {
  return header
    .replace(/^Hawk /, '')
    .split(', ')
    .sort();
}
