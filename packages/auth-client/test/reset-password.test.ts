import {
  createRecoveryKey,
  formatRecoveryKey,
  hexToBytes,
  IntegrityError,
  MalformedError,
  recoveryKeyId,
  sealRecoveryData,
  stretchPasswordV1,
  stretchPasswordV2,
  unwrapKb,
} from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import { createAuthClient, openRecoveryKey, resetPassword } from '../src/index.js';
import { type Answer, failure, json, scripted } from './scripted-fetch.js';

const accountResetToken = 'a0'.repeat(32);
const uid = 'ab'.repeat(16);
const email = 'rosa@example.org';
const password = 'another fox in the den';
const kB = new Uint8Array(32).fill(0x0b);
const random = (length: number) => new Uint8Array(length).fill(length);
const recoveryKey = createRecoveryKey(random(20));
const typed = formatRecoveryKey(recoveryKey).toLowerCase();

function clientFor(...script: Answer[]) {
  const server = scripted(...script);
  return { server, client: createAuthClient({ baseUrl: 'https://accounts.example.org', fetch: server.fetch, random }) };
}

describe('opening the recovery key', () => {
  it('gives kB and the name of the key, and never sends the key', async () => {
    const recoveryData = await sealRecoveryData(recoveryKey, uid, kB, random);
    const { client, server } = clientFor(json({ recoveryData }));
    const recovered = await openRecoveryKey(client, { accountResetToken, uid, recoveryKey: typed });
    const id = await recoveryKeyId(recoveryKey, uid);
    expect(recovered).toEqual({ recoveryKeyId: id, kB });
    expect(server.calls()).toEqual([`GET /recoveryKey/${id}`]);
    expect(server.sent[0]?.headers.get('Authorization')).toMatch(/^Bearer fxar_[0-9a-f]{64}$/);
  });

  it('asks nobody about a text that is no key', async () => {
    const { client, server } = clientFor();
    const opening = openRecoveryKey(client, { accountResetToken, uid, recoveryKey: 'not a key' });
    await expect(opening).rejects.toBeInstanceOf(MalformedError);
    expect(server.calls()).toEqual([]);
  });

  it('tells another key of the server apart from data that was changed', async () => {
    const other = await sealRecoveryData(createRecoveryKey(random(20).fill(1)), uid, kB, random);
    const { client } = clientFor(failure(400, 159), json({ recoveryData: other }));
    const open = () => openRecoveryKey(client, { accountResetToken, uid, recoveryKey: typed });
    await expect(open()).rejects.toMatchObject({ errorName: 'RECOVERY_KEY_INVALID' });
    await expect(open()).rejects.toBeInstanceOf(IntegrityError);
  });
});

describe('resetting the password', () => {
  const answer = json({ uid, sessionToken: 'b0'.repeat(32), authAt: 7, emailVerified: true, sessionVerified: true });

  it('keeps kB under both versions of the new password with what the recovery key opened', async () => {
    const { client, server } = clientFor(answer);
    const recovered = { recoveryKeyId: 'cd'.repeat(16), kB };
    const reset = await resetPassword(client, { accountResetToken, email, password, recovered });
    expect(reset).toMatchObject({ uid, sessionToken: 'b0'.repeat(32), authAt: 7, sessionVerified: true, kB });
    const body = server.sent[0]?.body as Record<string, string>;
    expect(body).toMatchObject({ recoveryKeyId: 'cd'.repeat(16), sessionToken: true });
    const v1 = await stretchPasswordV1(email, password);
    const v2 = await stretchPasswordV2(body['clientSalt'] ?? '', password);
    expect(unwrapKb(hexToBytes(body['wrapKb'] ?? ''), v1.unwrapBKey)).toEqual(kB);
    expect(unwrapKb(hexToBytes(body['wrapKbVersion2'] ?? ''), v2.unwrapBKey)).toEqual(kB);
  });

  it('makes a new kB without, and says nothing of a recovery key', async () => {
    const { client, server } = clientFor(answer);
    const reset = await resetPassword(client, { accountResetToken, email, password });
    expect(reset.kB).toEqual(random(32));
    expect(server.sent[0]?.body).not.toHaveProperty('recoveryKeyId');
  });

  it('fails where no session comes back', async () => {
    const { client } = clientFor(json({}));
    const reset = resetPassword(client, { accountResetToken, email, password });
    await expect(reset).rejects.toMatchObject({ kind: 'malformed' });
  });
});
