import { afterEach, beforeEach, expect, test } from 'vitest';
import { deleteOAuthData, pruneOAuth, revokeAccountTokens } from '../../src/oauth/index.js';
import { introspect } from '../../src/oauth/introspect.js';
import type { Session } from '../../src/sessions/index.js';
import {
  createFixture,
  DAY,
  FENIX,
  type Fixture,
  fromHex,
  MINUTE,
  pkce,
  refusal,
  SECRET,
  VERIFIER,
} from './fixture.js';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await createFixture();
});
afterEach(() => fixture.close());

const NOBODY = { clientId: undefined, clientSecret: undefined };
const active = async (token: string | undefined, clientId?: string) => {
  const credentials = clientId === undefined ? NOBODY : { clientId, clientSecret: SECRET };
  return (await introspect(fixture.context, { token: token ?? '' }, credentials)).active;
};

/** A code and tokens of a public client, and of one with a secret. */
async function everythingOf(session: Session) {
  const client_id = await fixture.client();
  const offline = { access_type: 'offline' } as const;
  const challenge = await pkce();
  const code = async () => (await fixture.code(session, { client_id, ...offline })).code;
  const publicCode = async () => (await fixture.code(session, { client_id: FENIX, ...offline, ...challenge })).code;
  const redeem = (code: string) => fixture.token({ client_id, client_secret: SECRET, code });
  const redeemPublic = (code: string) => fixture.token({ client_id: FENIX, code, code_verifier: VERIFIER });
  const [tokens, publicTokens] = [await redeem(await code()), await redeemPublic(await publicCode())];
  const [pending, publicPending] = [await code(), await publicCode()];
  return {
    async alive() {
      return {
        access: await active(tokens.access_token),
        refresh: await active(tokens.refresh_token, client_id),
        publicAccess: await active(publicTokens.access_token),
        publicRefresh: await active(publicTokens.refresh_token),
        code: await redeem(pending).then(
          () => true,
          () => false,
        ),
        publicCode: await redeemPublic(publicPending).then(
          () => true,
          () => false,
        ),
      };
    },
  };
}

test('a password change ends what public clients have, codes too, and leaves clients with a secret and other people alone', async () => {
  const [session, other] = [await fixture.person(), await fixture.person()];
  const [mine, theirs] = [await everythingOf(session), await everythingOf(other)];
  await revokeAccountTokens(fixture.context.storage.db, session.uid, { onlyPublicAndGranting: true });
  expect(await mine.alive()).toEqual({
    access: true,
    refresh: true,
    code: true,
    publicAccess: false,
    publicRefresh: false,
    publicCode: false,
  });
  expect(Object.values(await theirs.alive())).not.toContain(false);
});

test.each([
  [
    'revoking all',
    (uid: string) => revokeAccountTokens(fixture.context.storage.db, uid, { onlyPublicAndGranting: false }),
  ],
  ['deleting an account', (uid: string) => deleteOAuthData(fixture.context.storage.db, uid)],
])('%s leaves nothing of this account and everything of others', async (_name, end) => {
  const [session, other] = [await fixture.person(), await fixture.person()];
  const [mine, theirs] = [await everythingOf(session), await everythingOf(other)];
  await end(session.uid);
  expect(Object.values(await mine.alive())).not.toContain(true);
  expect(Object.values(await theirs.alive())).not.toContain(false);
});

test('pruning deletes what has expired and nothing that is still good', async () => {
  const session = await fixture.person();
  const { clientId, code } = await fixture.code(session, { access_type: 'offline' });
  const tokens = await fixture.token({ client_id: clientId, client_secret: SECRET, code, ttl: 3600 });
  expect(await pruneOAuth(fixture.context)).toBe(0);

  fixture.clock.advance(15 * MINUTE);
  const fresh = await fixture.code(session, { client_id: clientId });
  expect(await pruneOAuth(fixture.context)).toBe(1);
  expect(await active(tokens.access_token)).toBe(true);

  fixture.clock.advance(45 * MINUTE);
  expect(await pruneOAuth(fixture.context)).toBe(2);
  expect(await refusal(fixture.token({ client_id: clientId, client_secret: SECRET, code: fresh.code }))).toBe(
    'UNKNOWN_AUTHORIZATION_CODE',
  );
  fixture.clock.advance(400 * DAY);
  expect(await pruneOAuth(fixture.context)).toBe(0);
  expect(await active(tokens.refresh_token, clientId)).toBe(true);
});

test('a session that ends while its request is on the way grants nothing', async () => {
  const session = await fixture.person();
  const challenge = await pkce();
  // The request was authenticated before; the session is gone when the grant is stored.
  await fixture.context.storage.db.deleteFrom('sessions').where('uid', '=', fromHex(session.uid)).execute();
  expect(await refusal(fixture.authorize(session, { scope: 'profile', ...challenge }))).toBe('INVALID_TOKEN');
  const direct = { client_id: FENIX, scope: 'profile', access_type: 'offline' } as const;
  expect(await refusal(fixture.oauthToken(direct, session))).toBe('INVALID_TOKEN');
  for (const table of ['oauthCodes', 'accessTokens', 'refreshTokens'] as const) {
    expect(await fixture.context.storage.db.selectFrom(table).select('uid').execute()).toEqual([]);
  }
});
