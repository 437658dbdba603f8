import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { foreignToken } from '../support/storage-client.js';
import { SECRET, type Subject } from '../support/subject.js';
import {
  claimsOf,
  keyId,
  newUid,
  nodes,
  putUser,
  refusal,
  requestToken,
  STATE_A,
  STATE_B,
  setNodes,
  type TokenRequest,
  users,
} from '../support/token-client.js';

const RETIRED = 2n ** 63n - 1n;
const WRONG_KEYS = '401 invalid-keysChangedAt body Unauthorized';
const STALE = '401 invalid-client-state header Unacceptable client-state value stale value';
const NO_GENERATION =
  '401 invalid-client-state header Unacceptable client-state value new value with no generation change';
const NO_KEYS =
  '401 invalid-client-state header Unacceptable client-state value new value with no keys_changed_at change';
const OLD_GENERATION = '401 invalid-generation body Unauthorized';

/** Cases of sync §7.2. */
export function tokenConformance(subject: () => Subject): void {
  const ask = (request: TokenRequest) => requestToken(subject(), request);
  const ok = async (request: TokenRequest) => {
    const answer = await ask(request);
    expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
    return answer;
  };
  const refused = async (request: TokenRequest) => refusal(await ask(request));

  test('T01 asks for a Bearer token', async () => {
    const url = `${subject().url}/1.0/sync/1.5`;
    const answer = async (headers: Record<string, string>) => {
      const response = await fetch(url, { headers });
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('x-timestamp')).toMatch(/^\d+$/);
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    expect(refusal(await answer({ authorization: 'Unknown-Scheme 12345' }))).toBe('401 error body Unsupported');
    expect(refusal(await answer({}))).toBe('401 error body Unauthorized');
    expect(refusal(await answer({ authorization: 'Bearer' }))).toBe('401 error body Unauthorized');
    expect(refusal(await answer({ authorization: 'Bearer nonsense' }))).toBe(
      '401 invalid-credentials body Unauthorized',
    );
  });

  test('T02 refuses an X-KeyID that is none', async () => {
    for (const key of [
      '1234-q!o',
      '1234',
      'x-qqo',
      '-qqo',
      '1234-qqo=',
      `1234-${'q'.repeat(44)}`,
      `${RETIRED + 1n}-qqo`,
    ]) {
      expect(await refused({ keyId: key }), key).toBe('401 invalid-credentials body Unauthorized');
    }
    expect(await refused({ keyId: null })).toBe('401 invalid-key-id header Missing X-KeyID header');
    expect(await refused({ scope: 'profile' })).toBe('401 invalid-credentials body Unauthorized');
    expect(await refused({ scope: 'https://identity.mozilla.com/apps' })).toBe(
      '401 invalid-credentials body Unauthorized',
    );
  });

  test('T03 keys cannot have changed after the generation that knows them', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { generation: 1232, keys_changed_at: 1234 });
    expect(await refused({ uid, generation: 1235, keyId: keyId(1236) })).toBe(WRONG_KEYS);
    await ok({ uid, generation: 1233, keyId: keyId(1234) });
    await ok({ uid, keyId: keyId(1235) });
    await ok({ uid, generation: 1236, keyId: keyId(1235) });
  });

  test('T04 a client state that was left behind does not come back', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { client_state: STATE_A, created_at: 1, replaced_at: 2, generation: 1234 });
    const current = await putUser(subject(), uid, { client_state: STATE_B, created_at: 2, generation: 1235 });
    expect(await refused({ uid, generation: 1240, keyId: keyId(1236, STATE_A) })).toBe(STALE);
    expect((await ok({ uid, generation: 1240, keyId: keyId(1236, STATE_B) })).body.uid).toBe(current);
    expect((await ok({ uid, generation: 1250, keyId: keyId(1250, 'cccc') })).body.uid).not.toBe(current);
    expect(await refused({ uid, generation: 1260, keyId: keyId(1260, STATE_B) })).toBe(STALE);
  });

  test('T05 a new client state needs a new generation and newer keys', async () => {
    const uid = newUid();
    await putUser(subject(), uid, {});
    expect(await refused({ uid, generation: 1234, keyId: keyId(1235, STATE_B) })).toBe(WRONG_KEYS);
    expect(await refused({ uid, generation: 1234, keyId: keyId(1234, STATE_B) })).toBe(NO_GENERATION);
    expect(await refused({ uid, generation: 1235, keyId: keyId(1234, STATE_B) })).toBe(NO_KEYS);
    await ok({ uid, keyId: keyId(1235, STATE_B) });
    expect(await refused({ uid, generation: 1235, keyId: keyId(1235, 'cccc') })).toBe(NO_GENERATION);
    await ok({ uid, generation: 1236, keyId: keyId(1236, 'cccc') });
    const empty = newUid();
    await putUser(subject(), empty, {});
    expect(await refused({ uid: empty, generation: 1235, keyId: '1235-' })).toBe(
      '401 invalid-client-state header Unacceptable client-state value empty string',
    );
  });

  test('T06 the generation does not go back', async () => {
    const uid = newUid();
    const known = await putUser(subject(), uid, { generation: 1234, keys_changed_at: 1233 });
    expect(await refused({ uid, generation: 1233, keyId: keyId(1233) })).toBe(OLD_GENERATION);
    for (const generation of [0, 1234, 1235]) {
      expect((await ok({ uid, generation, keyId: keyId(1233) })).body.uid).toBe(known);
    }
  });

  test('T07 newer keys imply a generation where none is told', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { generation: 0, keys_changed_at: 1234 });
    await ok({ uid, keyId: keyId(1234) });
    expect((await users(subject(), uid))[0]).toMatchObject({ generation: '0', keys_changed_at: '1234' });
    await ok({ uid, keyId: keyId(1235) });
    expect((await users(subject(), uid))[0]).toMatchObject({ generation: '1235', keys_changed_at: '1235' });
  });

  test('T08 the time of the keys is learnt, and does not go back', async () => {
    const uid = newUid();
    const known = await putUser(subject(), uid, { generation: 1234, keys_changed_at: null });
    await ok({ uid, generation: 1234, keyId: keyId(1234) });
    expect(await refused({ uid, generation: 1234, keyId: keyId(1233) })).toBe(WRONG_KEYS);
    expect(await refused({ uid, generation: 1234, keyId: keyId(2345) })).toBe(WRONG_KEYS);
    expect(await refused({ uid, generation: 1234, keyId: keyId(0) })).toBe(WRONG_KEYS);
    await ok({ uid, generation: 1234, keyId: keyId(1234) });
    const answer = await ok({ uid, generation: 2345, keyId: keyId(2345, STATE_B) });
    expect(claimsOf(answer).fxa_kid).toBe('0000000002345-u7s');
    expect(answer.body.uid).not.toBe(known);
    expect(answer.body.api_endpoint).toBe(`${subject().url}/1.5/${answer.body.uid}`);
    const [before, after] = await users(subject(), uid);
    expect([before?.nodeid, before?.replaced_at]).toEqual([after?.nodeid, after?.created_at]);
  });

  test('T09 a shorter duration may be asked for', async () => {
    const durations = [];
    for (const text of ['12', '4000', '3600', 'lolwut', '-1']) {
      durations.push((await ok({ path: `/1.0/sync/1.5?duration=${text}` })).body.duration);
    }
    expect(durations).toEqual([12, 3600, 3600, 3600, 3600]);
  });

  test('T10 what a row does not have is filled in', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { generation: 0, keys_changed_at: null });
    await ok({ uid, generation: 1234, keyId: keyId(1234) });
    expect((await users(subject(), uid))[0]).toMatchObject({ generation: '1234', keys_changed_at: '1234' });
  });

  test('T11 X-Client-State must say the same as X-KeyID', async () => {
    const state = (text: string): TokenRequest => ({ headers: { 'x-client-state': text } });
    expect(await refused(state(STATE_B))).toBe('401 invalid-client-state body Unauthorized');
    expect(await refused(state('not!valid'))).toBe('400 error header Invalid client state value');
    await ok(state(STATE_A));
  });

  test('T12 another application or version is not there', async () => {
    const { status, body } = await ask({ path: '/1.0/cync/1.5' });
    expect([status, body]).toEqual([
      404,
      {
        status: 'error',
        errors: [{ location: 'url', name: 'application', description: 'Unsupported application' }],
      },
    ]);
    expect((await ask({ path: '/1.0/sync/1.2' })).body.errors[0]).toEqual({
      location: 'url',
      name: '1.2',
      description: 'Unsupported application version',
    });
    expect((await fetch(`${subject().url}/1.0/cync/1.5`)).status).toBe(401);
  });

  test('T13 a known user stays on their node', async () => {
    const uid = newUid();
    const [, node] = await setNodes(subject(), [{}, {}]);
    const known = await putUser(subject(), uid, { nodeid: node?.id ?? 0 });
    const { body } = await ok({ uid, generation: 1234 });
    expect([body.api_endpoint, body.duration]).toEqual([`https://node1.example.com/1.5/${known}`, 3600]);
    await setNodes(subject(), [{}]);
  });

  test('T14 of several rows, the greatest generation and then the youngest counts', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { generation: 1235, created_at: 1, client_state: STATE_B });
    const youngest = await putUser(subject(), uid, { generation: 1236, created_at: 5 });
    await putUser(subject(), uid, { generation: 1236, created_at: 4, client_state: 'cccc' });
    expect((await ok({ uid, generation: 1236 })).body.uid).toBe(youngest);
  });

  test('T15 older rows are marked as replaced', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { generation: 1, created_at: 1, client_state: STATE_B });
    await putUser(subject(), uid, { generation: 1236, created_at: 7 });
    await ok({ uid, generation: 1236 });
    expect((await users(subject(), uid)).map(({ replaced_at }) => replaced_at)).toEqual([7, null]);
  });

  test('T16 newer times with the same keys update the row', async () => {
    const uid = newUid();
    const known = await putUser(subject(), uid, {});
    expect((await ok({ uid, generation: 1300, keyId: keyId(1290) })).body.uid).toBe(known);
    expect(await users(subject(), uid)).toMatchObject([{ generation: '1300', keys_changed_at: '1290' }]);
  });

  test('T17 a retired user comes back only with the last of all generations', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { generation: RETIRED });
    expect(await refused({ uid, generation: 1235 })).toBe(OLD_GENERATION);
    await ok({ uid, generation: Number(RETIRED) });
    expect((await users(subject(), uid))[0]?.generation).toBe(String(RETIRED));
  });

  test('T18 a user whose only row was replaced gets a new one like it', async () => {
    const uid = newUid();
    const known = await putUser(subject(), uid, { replaced_at: 1234 });
    const { body } = await ok({ uid, generation: 1234 });
    expect(body.uid).not.toBe(known);
    expect((await users(subject(), uid))[1]).toMatchObject({ generation: '1234', client_state: STATE_A });
  });

  test('T19 a retired user without a node is an error', async () => {
    const uid = newUid();
    await putUser(subject(), uid, { generation: RETIRED, nodeid: 999_999 });
    expect(await refused({ uid, generation: Number(RETIRED) })).toBe('500 internal-error internal Server error');
  });

  test('T20 a new user gets a node once', async () => {
    const uid = newUid();
    const [own] = await setNodes(subject(), [{}, { downed: 1 }, { backoff: 1 }, { available: 0 }]);
    const first = await ok({ uid, generation: 1234 });
    const second = await ok({ uid, generation: 1234 });
    expect([first.body.uid, first.body.api_endpoint]).toEqual([second.body.uid, second.body.api_endpoint]);
    expect(await users(subject(), uid)).toMatchObject([{ nodeid: own?.id, generation: '1234', client_state: STATE_A }]);
    expect((await nodes(subject()))[0]).toMatchObject({ available: 99, current_load: 1, capacity: 100 });
    await setNodes(subject(), [{}]);
  });

  test('T21 new users go where the load is least', async () => {
    const uid = newUid();
    await setNodes(subject(), [
      { current_load: 50, available: 50 },
      { current_load: 30, available: 10 },
      { current_load: 20, downed: 1 },
      { current_load: 10, backoff: 1 },
      { current_load: 5, available: 0 },
    ]);
    expect((await ok({ uid })).body.api_endpoint).toMatch('https://node1.example.com/');
    expect((await nodes(subject()))[1]).toMatchObject({ available: 9, current_load: 31 });

    await setNodes(subject(), [
      { available: 0, current_load: 99 },
      { available: 0, current_load: 90 },
    ]);
    expect((await ok({})).body.api_endpoint).toMatch('https://node1.example.com/');
    expect((await nodes(subject()))[1]).toMatchObject({ available: 9, current_load: 91 });

    await setNodes(subject(), [{ available: 0, current_load: 100 }]);
    expect(await refused({})).toBe('503 internal-error internal Server error');
    await setNodes(subject(), [{}]);
  });

  test('T22 the answer is what it says it is', async () => {
    const { headers } = await ok({});
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-type')).toBe('application/json');
    expect(Number(headers.get('x-timestamp'))).toBe(Math.floor(subject().clock.now() / 1000));
  });

  test('T23 the token is what any storage with the secret understands', async () => {
    const uid = newUid();
    const answer = await ok({ uid, generation: 1234, keyId: '1234-qqo' });
    const { body } = answer;
    const claims = claimsOf(answer);
    const hash = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex').slice(0, 32);
    expect(claims).toEqual({
      node: subject().url,
      fxa_kid: '0000000001234-qqo',
      fxa_uid: uid,
      hashed_fxa_uid: hash(uid),
      hashed_device_id: hash(`${hash(uid)}none`),
      expires: Math.floor(subject().clock.now() / 1000) + 3600,
      uid: body.uid,
      tokenserver_origin: 'rust',
      salt: expect.stringMatching(/^[0-9a-f]{6}$/),
    });
    expect(body).toEqual({
      id: expect.stringMatching(/^[\w-]+=*$/),
      key: expect.stringMatching(/^[\w-]{43}=$/),
      uid: expect.any(Number),
      api_endpoint: `${subject().url}/1.5/${body.uid}`,
      duration: 3600,
      hashalg: 'sha256',
      hashed_fxa_uid: hash(uid),
      node_type: subject().users.engine,
    });
    expect(foreignToken(SECRET, claims, claims.salt)).toEqual({ id: body.id, key: body.key });
  });
}
