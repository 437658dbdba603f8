import { SCOPE_OLDSYNC } from '@foxden/protocol';
import { describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { disconnectDevice } from '../../src/attached/disconnect.js';
import { registerDevice } from '../../src/attached/register-device.js';
import type { Context } from '../../src/context.js';
import { destroyToken } from '../../src/oauth/destroy.js';
import { authenticateRefreshToken } from '../../src/oauth/index.js';
import { destroySession } from '../../src/sessions/destroy.js';
import type { Session } from '../../src/sessions/index.js';
import { openStorage } from '../../src/storage/index.js';
import { CALLER, createFixture, FENIX, type Fixture, fromHex } from '../oauth/fixture.js';

describe('on SQLite', () =>
  races(
    async () => 'sqlite::memory:',
    async (fixture) => fixture.context,
  ));
describePostgres('by two processes on PostgreSQL', (createDatabase) => {
  let url: string;
  races(
    async () => (url = await createDatabase()),
    async (fixture) => ({ ...fixture.context, storage: await openStorage(url) }),
  );
});

function races(databaseUrl: () => Promise<string>, otherProcess: (fixture: Fixture) => Promise<Context>): void {
  /** A fixture, and the same work as seen by two processes. */
  const withTwo = async (work: (fixture: Fixture, contexts: readonly [Context, Context]) => Promise<void>) => {
    const fixture = await createFixture(await databaseUrl());
    const other = await otherProcess(fixture);
    try {
      await work(fixture, [fixture.context, other]);
    } finally {
      if (other.storage !== fixture.context.storage) await other.storage.close();
      await fixture.close();
    }
  };
  const devicesOf = async ({ context }: Fixture, { uid }: Session) =>
    context.storage.db.selectFrom('devices').selectAll().where('uid', '=', fromHex(uid)).execute();
  const refreshTokenOf = async (fixture: Fixture, session: Session) => {
    const body = { client_id: FENIX, scope: SCOPE_OLDSYNC, access_type: 'offline' } as const;
    const { refresh_token = '' } = await fixture.oauthToken(body, session);
    return refresh_token;
  };
  const fifty = <T>(work: (n: number) => Promise<T>) =>
    Promise.allSettled(Array.from({ length: 50 }, (_, n) => work(n)));

  test('of fifty first registrations of a session at the same time one makes the device, the others find it', () =>
    withTwo(async (fixture, contexts) => {
      const session = await fixture.person();
      const results = await fifty((n) =>
        registerDevice(contexts[n % 2 === 0 ? 0 : 1], CALLER, session, { name: `name ${n}` }),
      );
      const ids = results.map((result) => (result.status === 'fulfilled' ? result.value.id : result.reason));
      expect(new Set(ids).size).toBe(1);
      expect(await devicesOf(fixture, session)).toHaveLength(1);
    }));

  test('the same is true of a refresh token, whose device was lost', () =>
    withTwo(async (fixture, contexts) => {
      const session = await fixture.person();
      const token = await refreshTokenOf(fixture, session);
      await fixture.context.storage.db.deleteFrom('devices').execute();
      const results = await fifty(async (n) => {
        const context = contexts[n % 2 === 0 ? 0 : 1];
        return registerDevice(context, CALLER, await authenticateRefreshToken(context, token), { name: `name ${n}` });
      });
      const ids = results.map((result) => (result.status === 'fulfilled' ? result.value.id : result.reason));
      expect(new Set(ids).size).toBe(1);
      expect(await devicesOf(fixture, session)).toHaveLength(1);
    }));

  test('registrations in the way of a sign-out leave no device without a session', () =>
    withTwo(async (fixture, contexts) => {
      const session = await fixture.person();
      const register = fifty((n) => registerDevice(contexts[n % 2 === 0 ? 0 : 1], CALLER, session, { name: `${n}` }));
      await destroySession(contexts[1], session);
      for (const result of await register) {
        if (result.status === 'rejected') expect(result.reason.definition.name).toBe('INVALID_TOKEN');
      }
      expect(await devicesOf(fixture, session)).toEqual([]);
    }));

  test('registrations in the way of a revocation leave no device without a token', () =>
    withTwo(async (fixture, contexts) => {
      const session = await fixture.person();
      const holder = await authenticateRefreshToken(fixture.context, await refreshTokenOf(fixture, session));
      const [device] = await devicesOf(fixture, session);
      const register = fifty((n) => registerDevice(contexts[n % 2 === 0 ? 0 : 1], CALLER, holder, { name: `${n}` }));
      await disconnectDevice(contexts[1], session.uid, Buffer.from(device?.id ?? []).toString('hex'));
      for (const result of await register) {
        if (result.status === 'rejected') expect(result.reason.definition.name).toBe('INVALID_TOKEN');
      }
      expect(await devicesOf(fixture, session)).toEqual([]);
    }));

  test('registrations in the way of a client that destroys its token leave no device either', () =>
    withTwo(async (fixture, contexts) => {
      const session = await fixture.person();
      const token = await refreshTokenOf(fixture, session);
      const holder = await authenticateRefreshToken(fixture.context, token);
      await fixture.context.storage.db.deleteFrom('devices').execute();
      const register = fifty((n) => registerDevice(contexts[n % 2 === 0 ? 0 : 1], CALLER, holder, { name: `${n}` }));
      await destroyToken(contexts[1], { refresh_token: token }, { clientId: undefined, clientSecret: undefined });
      for (const result of await register) {
        if (result.status === 'rejected') expect(result.reason.definition.name).toBe('INVALID_TOKEN');
      }
      expect(await devicesOf(fixture, session)).toEqual([]);
    }));

  test('of fifty attempts to take a device over, by two sessions, the device is with one of them in the end', () =>
    withTwo(async (fixture, contexts) => {
      const session = await fixture.person();
      const { id } = await registerDevice(fixture.context, CALLER, session, {});
      const second = { ...session, tokenHash: fixture.context.random.bytes(32) };
      const { db } = fixture.context.storage;
      const row = await db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
      await db
        .insertInto('sessions')
        .values({ ...row, tokenHash: second.tokenHash })
        .execute();
      const results = await fifty((n) =>
        registerDevice(contexts[n % 2 === 0 ? 0 : 1], CALLER, n % 3 === 0 ? session : second, { id, name: `${n}` }),
      );
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
      expect(await devicesOf(fixture, session)).toHaveLength(1);
    }));
}
