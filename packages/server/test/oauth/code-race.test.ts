import { describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { revokeAccountTokens } from '../../src/oauth/index.js';
import { introspect } from '../../src/oauth/introspect.js';
import { createFixture, FENIX, type Fixture, pkce, SECRET, VERIFIER } from './fixture.js';

describe('on SQLite', () => races(async () => 'sqlite::memory:'));
describePostgres('on PostgreSQL', races);

function races(databaseUrl: () => Promise<string>): void {
  const withFixture = async (work: (fixture: Fixture) => Promise<void>) => {
    const fixture = await createFixture(await databaseUrl());
    try {
      await work(fixture);
    } finally {
      await fixture.close();
    }
  };
  const none = { clientId: undefined, clientSecret: undefined };

  test('of fifty redemptions of a code at the same time exactly one wins, and then its tokens are void', () =>
    withFixture(async (fixture) => {
      const { clientId, code } = await fixture.code(await fixture.person(), { access_type: 'offline' });
      const redeem = () => fixture.token({ client_id: clientId, client_secret: SECRET, code });
      const results = await Promise.allSettled(Array.from({ length: 50 }, redeem));
      const won = results.filter((result) => result.status === 'fulfilled');
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(won).toHaveLength(1);
      expect(new Set(lost.map((error) => error.definition.name))).toEqual(new Set(['UNKNOWN_AUTHORIZATION_CODE']));
      const { db } = fixture.context.storage;
      expect(await db.selectFrom('refreshTokens').select('tokenHash').execute()).toEqual([]);
      expect(await db.selectFrom('accessTokens').select('tokenHash').execute()).toEqual([]);
    }));

  test('redemptions and refreshes in the way of a password change leave no token behind', () =>
    withFixture(async (fixture) => {
      const session = await fixture.person();
      const challenge = await pkce();
      const authorization = { client_id: FENIX, access_type: 'offline', ...challenge } as const;
      const redeem = (code: string) => fixture.token({ client_id: FENIX, code, code_verifier: VERIFIER });
      const { refresh_token } = await redeem((await fixture.code(session, authorization)).code);
      const codes = await Promise.all(Array.from({ length: 10 }, () => fixture.code(session, authorization)));
      const refresh = () => fixture.token({ grant_type: 'refresh_token', client_id: FENIX, refresh_token });
      const { storage } = fixture.context;
      const work = [
        ...codes.map(({ code }) => redeem(code)),
        ...Array.from({ length: 10 }, refresh),
        storage.transaction((tx) => revokeAccountTokens(tx, session.uid, { onlyPublicAndGranting: true })),
      ];
      const results = await Promise.allSettled(work);
      expect(results.at(-1)?.status).toBe('fulfilled');
      const answers = results.flatMap((result) =>
        result.status === 'fulfilled' && result.value !== undefined ? [result.value] : [],
      );
      for (const answer of answers) {
        expect(await introspect(fixture.context, { token: answer.access_token }, none)).toEqual({ active: false });
      }
      expect(await storage.db.selectFrom('refreshTokens').select('tokenHash').execute()).toEqual([]);
    }));
}
