import {
  bytesToHex,
  createRecoveryKey as createKey,
  deriveToken,
  hexToBytes,
  openRecoveryData,
  parseRecoveryKey,
  recoveryKeyId,
  sealKeyBundle,
  stretchPasswordV1,
  stretchPasswordV2,
  unwrapKb,
  wrapKb,
} from '@foxden/protocol';
import { expect, it } from 'vitest';
import { changePassword, createAuthClient, createRecoveryKey, uploadAvatar } from '../src/index.js';
import { type Answer, failure, json, scripted } from './scripted-fetch.js';

const sessionToken = 'a0'.repeat(32);
const keyFetchToken = '80'.repeat(32);
const passwordChangeToken = 'c0'.repeat(32);
const uid = 'ab'.repeat(16);
const email = 'rosa@example.org';
const originalEmail = 'Rosa.Before@example.org';
const clientSalt = `identity.mozilla.com/picl/v1/quickStretchV2:${'0f'.repeat(16)}`;
const kB = new Uint8Array(32).fill(0x0b);
const random = (length: number) => new Uint8Array(length).fill(length);

function clientFor(...script: Answer[]) {
  const server = scripted(...script);
  return { server, client: createAuthClient({ baseUrl: 'https://accounts.example.org', fetch: server.fetch, random }) };
}

const passwords = { oldPassword: 'the old password', newPassword: 'the new password' };

async function changed() {
  const { unwrapBKey } = await stretchPasswordV2(clientSalt, passwords.oldPassword);
  const { bundleKey } = await deriveToken('keyFetchToken', hexToBytes(keyFetchToken));
  const bundle = bytesToHex(await sealKeyBundle(bundleKey, new Uint8Array(32), wrapKb(kB, unwrapBKey)));
  const { client, server } = clientFor(
    json({ originalEmail, primaryEmail: email }),
    json({ currentVersion: 'v2', upgradeNeeded: false, clientSalt }),
    json({ passwordChangeToken, keyFetchToken2: keyFetchToken, verified: true }),
    json({ bundle }),
    json({ uid, sessionToken: 'b0'.repeat(32), authAt: 1_780_000_000, verified: true }),
  );
  const answer = await changePassword(client, { sessionToken, email, ...passwords });
  return { answer, server };
}

it('a change of the password keeps kB under both versions of the new one, salted with the address of sign-up', async () => {
  const { answer, server } = await changed();
  expect(answer).toEqual({ sessionToken: 'b0'.repeat(32), authAt: 1_780_000_000, kB });
  expect(server.calls()).toEqual([
    'GET /account/emails',
    'POST /account/credentials/status',
    'POST /password/change/start',
    'GET /account/keys',
    'POST /password/change/finish',
  ]);
  const body = server.sent[4]?.body as Record<string, string>;
  const v1 = await stretchPasswordV1(originalEmail, passwords.newPassword);
  const v2 = await stretchPasswordV2(body['clientSalt'] ?? '', passwords.newPassword);
  expect(body['clientSalt']).not.toBe(clientSalt);
  expect(body['authPW']).toBe(bytesToHex(v1.authPW));
  expect(body['authPWVersion2']).toBe(bytesToHex(v2.authPW));
  expect(unwrapKb(hexToBytes(body['wrapKb'] ?? ''), v1.unwrapBKey)).toEqual(kB);
  expect(unwrapKb(hexToBytes(body['wrapKbVersion2'] ?? ''), v2.unwrapBKey)).toEqual(kB);
});

it('a change of the password names the session by its tokenId and sends neither password', async () => {
  const { server } = await changed();
  const { tokenId } = await deriveToken('sessionToken', hexToBytes(sessionToken));
  expect(server.sent[4]?.body['sessionToken']).toBe(tokenId);
  const sent = JSON.stringify(server.sent.map(({ body }) => body));
  expect(sent).not.toContain(passwords.oldPassword);
  expect(sent).not.toContain(passwords.newPassword);
});

it('a change of the password ends at a wrong old one', async () => {
  const { client, server } = clientFor(
    json({ originalEmail, primaryEmail: email }),
    json({ currentVersion: 'v2', upgradeNeeded: false, clientSalt }),
    failure(400, 103),
  );
  const change = changePassword(client, { sessionToken, email, ...passwords });
  await expect(change).rejects.toMatchObject({ errorName: 'INCORRECT_PASSWORD' });
  expect(server.sent).toHaveLength(3);
});

it('a new recovery key opens what is sent, and is not sent itself', async () => {
  const { client, server } = clientFor(json({}));
  const written = await createRecoveryKey(client, { stepUpToken: 'head.claims.mac', uid, kB });
  const key = parseRecoveryKey(written);
  expect(key).toEqual(createKey(random(20)));
  const { recoveryData, ...rest } = server.sent[0]?.body ?? {};
  expect(rest).toEqual({ recoveryKeyId: await recoveryKeyId(key, uid), enabled: true, replaceKey: true });
  expect(await openRecoveryData(key, uid, String(recoveryData))).toEqual(kB);
  expect(JSON.stringify(server.sent[0]?.body)).not.toContain(written);
});

it('a picture is sent as it is, under its own type', async () => {
  let init: RequestInit | undefined;
  const fetch: typeof globalThis.fetch = async (_, given) => {
    init = given;
    return Response.json({ id: uid, url: 'https://accounts.example.org/v1/a/0' }, { status: 201 });
  };
  const client = createAuthClient({ baseUrl: 'https://accounts.example.org', fetch });
  const file = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' });
  await expect(uploadAvatar(client, 'access', file)).resolves.toMatchObject({ id: uid });
  expect(init?.body).toBe(file);
  expect(new Headers(init?.headers).get('Content-Type')).toBe('image/png');
  expect(new Headers(init?.headers).get('Authorization')).toBe('Bearer access');
});
