import { getScopedKeyData } from '@foxden/auth-client';
import { readPairingUrl, type Supplicant, type SupplicantState, startSupplicant } from '@foxden/pairing';
import {
  createCodeChallenge,
  createKeysKeyPair,
  deriveScopedKey,
  openKeysJwe,
  SCOPE_OLDSYNC,
  SCOPE_SESSION_TOKEN,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PASSWORD } from '../support/people.js';
import { newPerson, type Person } from '../support/protected.js';
import { until } from '../support/until.js';
import { signInByChannel } from './support/devices-in-firefox.js';
import { type Firefox, withoutFirefox } from './support/firefox.js';
import { type FirefoxStage, openFirefoxStage } from './support/firefox-stage.js';
import { beginPairing, confirmationPage, pairingServerOf } from './support/pairing-in-firefox.js';
import { ACTION, heading } from './support/people-in-firefox.js';

const FENIX = 'a2270f727f45f648';
const DECLINE = '.second-action';
const SCOPE = ['profile', SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN];

let stage: FirefoxStage;
let account: Person;
let firefox: Firefox;
beforeAll(async () => {
  if (withoutFirefox) return;
  stage = await openFirefoxStage();
  account = await newPerson(stage);
  firefox = await stage.firefox();
  await signInByChannel(firefox, stage.url, stage.client, { ...account, password: PASSWORD });
}, 120_000);
afterAll(() => stage?.close());

/** A phone that has scanned the code of the browser. */
interface Phone extends Supplicant {
  readonly channelId: string;
  readonly verifier: string;
  readonly privateKey: CryptoKey;
  /** Resolves when it gets into a state. @throws Error when it ends in another */
  reaches<T extends SupplicantState['type']>(type: T): Promise<Extract<SupplicantState, { type: T }>>;
}

async function scan(url: string): Promise<Phone> {
  const channel = readPairingUrl(url);
  const verifier = 'v'.repeat(43);
  const { privateKey, keysJwk } = await createKeysKeyPair();
  const supplicant = startSupplicant(
    {
      pairingServer: await pairingServerOf(firefox),
      channel,
      request: {
        clientId: FENIX,
        scope: SCOPE,
        state: 'state of the phone',
        accessType: 'offline',
        codeChallenge: await createCodeChallenge(verifier),
        codeChallengeMethod: 'S256',
        keysJwk,
      },
      deliver: () => undefined,
    },
    { WebSocket },
  );
  return Object.assign(supplicant, {
    channelId: channel.channelId,
    verifier,
    privateKey,
    reaches: <T extends SupplicantState['type']>(type: T) =>
      until(`the phone to be ${type}`, async () => {
        const { state } = supplicant;
        if (state.type === type) return state as Extract<SupplicantState, { type: T }>;
        if (state.type === 'failed') throw state.error;
        return undefined;
      }),
  });
}

/** The access and the keys that a phone gets for its code. */
async function redeem(phone: Phone, code: string) {
  const response = await fetch(`${stage.url}/v1/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'authorization_code', client_id: FENIX, code, code_verifier: phone.verifier }),
  });
  const tokens = (await response.json()) as Readonly<Record<string, string>>;
  return { tokens, keys: await openKeysJwe(phone.privateKey, tokens['keys_jwe'] ?? '') };
}

describe.skipIf(withoutFirefox)('a stock Firefox lets a phone in', () => {
  it('that has scanned its code: both agree, and the phone is signed in with the keys of Sync', async () => {
    expect(await pairingServerOf(firefox)).toBe(stage.url.replace('http', 'ws'));
    const address = await beginPairing(firefox);
    expect(address.startsWith(`${stage.url}/pair#channel_id=`)).toBe(true);
    const phone = await scan(address);
    const { authority, remote } = await phone.reaches('waiting_for_authorizations');
    expect(authority).toMatchObject({ email: account.email, deviceName: expect.stringContaining('Firefox') });
    expect(remote).toMatchObject({ ipAddress: '127.0.0.1', ua: expect.stringContaining('Firefox/') });

    const page = await confirmationPage(firefox);
    expect(page.origin + page.pathname).toBe(`${stage.url}/oauth`);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: FENIX,
      scope: SCOPE.join(' '),
      email: account.email,
      uid: account.uid,
      channel_id: phone.channelId,
    });
    await heading(firefox, 'Connect your other device?');
    expect(await firefox.inPage(() => document.body.textContent)).toContain('127.0.0.1');
    await firefox.click(ACTION);
    await heading(firefox, 'Now confirm on the other device');
    await phone.reaches('waiting_for_supplicant');
    phone.approve();
    const { authorization } = await phone.reaches('complete');
    await heading(firefox, 'Your other device is connected');

    const { tokens, keys } = await redeem(phone, authorization.code);
    expect(tokens).toMatchObject({ refresh_token: expect.any(String), session_token: expect.any(String) });
    const query = { client_id: FENIX, scope: SCOPE_OLDSYNC };
    const data = (await getScopedKeyData(stage.client, account.sessionToken, query))[SCOPE_OLDSYNC];
    if (data === undefined) throw new Error('Sync has no key');
    expect(keys).toEqual({ [SCOPE_OLDSYNC]: await deriveScopedKey(data, account.kB, account.uid) });
  });

  it('whose person agrees first, too', async () => {
    const phone = await scan(await beginPairing(firefox));
    await phone.reaches('waiting_for_authorizations');
    phone.approve();
    await confirmationPage(firefox);
    await heading(firefox, 'Connect your other device?');
    await firefox.click(ACTION);
    const { authorization } = await phone.reaches('complete');
    await heading(firefox, 'Your other device is connected');
    expect(Object.keys((await redeem(phone, authorization.code)).keys)).toEqual([SCOPE_OLDSYNC]);
  });

  it('only if its person agrees: declined, the phone is told, and there is no code', async () => {
    const phone = await scan(await beginPairing(firefox));
    await phone.reaches('waiting_for_authorizations');
    phone.approve();
    await confirmationPage(firefox);
    await heading(firefox, 'Connect your other device?');
    await firefox.click(DECLINE);
    await heading(firefox, 'Nothing was connected');
    expect(await phone.ended).toMatchObject({ type: 'failed', error: { kind: 'declined' } });
  });

  it('only for a time: then it leaves, and the phone is told', async () => {
    const phone = await scan(await beginPairing(firefox, 2000));
    expect(await phone.ended).toMatchObject({ type: 'failed' });
  });
});
