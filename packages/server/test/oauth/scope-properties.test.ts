import {
  intersectsScope,
  isScopeValue,
  parseScope,
  SCOPE_NOTES,
  SCOPE_OLDSYNC,
  SCOPE_OPENID,
  SCOPE_RELAY,
  SCOPE_SESSION_TOKEN,
  SCOPE_VPN,
  type ScopeSet,
  scopeImplies,
} from '@foxden/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServiceError } from '../../src/errors.js';
import { toClient } from '../../src/oauth/client-definition.js';
import { applyRules, SCOPE_RULES, type ScopeAttempt } from '../../src/oauth/rules/index.js';
import { WELL_KNOWN_SCOPES } from '../../src/oauth/seeds.js';
import type { Session } from '../../src/sessions/index.js';
import { createFixture, FENIX, type Fixture, fromHex, pkce, REDIRECT, tokenId, VERIFIER } from './fixture.js';

const BASIC = parseScope('openid email profile:uid profile:email profile:display_name');
const customScopes = {
  all: parseScope(Object.keys(WELL_KNOWN_SCOPES).join(' ')),
  withKeys: parseScope(
    Object.entries(WELL_KNOWN_SCOPES)
      .filter(([, hasKeys]) => hasKeys)
      .map(([scope]) => scope)
      .join(' '),
  ),
};

const custom = fc.constantFrom(...Object.keys(WELL_KNOWN_SCOPES));
const component = fc.constantFrom('profile', 'email', 'openid', 'uid', 'avatar', 'write', 'clients', 'apps');
const shortName = fc.array(component, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(':'));
/** A custom scope, a part of one, something above or beside one. */
const nearCustom = fc
  .tuple(custom, fc.constantFrom('', '#read', '#write', '/part', 'er', '/part#read'), fc.integer({ min: 0, max: 2 }))
  .map(
    ([scope, suffix, up]) =>
      scope
        .split('/')
        .slice(0, up === 0 ? undefined : -up)
        .join('/') + suffix,
  );
const value = fc.oneof(shortName, nearCustom, custom).filter(isScopeValue);
const scope = fc.uniqueArray(value, { maxLength: 5 }).map((values) => parseScope(values.join(' ')));

const attempt = fc
  .record({
    trusted: fc.boolean(),
    allowedScopes: fc.uniqueArray(custom, { maxLength: 4 }),
    tokenVerified: fc.boolean(),
    scope,
  })
  .map(
    ({ trusted, allowedScopes, tokenVerified, scope }): ScopeAttempt => ({
      session: { tokenVerified } as Session,
      client: toClient({ id: 'a'.repeat(16), name: 'x', redirectUris: [REDIRECT], trusted, allowedScopes }),
      scope,
      customScopes,
    }),
  );

function isGranted(attempt: ScopeAttempt): boolean {
  try {
    applyRules(SCOPE_RULES, attempt);
    return true;
  } catch (error) {
    if (error instanceof ServiceError) return false;
    throw error;
  }
}

test('whatever a client asks for, it never gets some of a custom scope without a permission that covers it', () => {
  let granted = 0;
  fc.assert(
    fc.property(attempt, (attempt) => {
      if (!isGranted(attempt)) return;
      granted += 1;
      for (const value of attempt.scope) {
        const isCustom = intersectsScope([value], customScopes.all);
        expect(!isCustom || scopeImplies(attempt.client.allowedScopes, [value])).toBe(true);
        expect(attempt.client.trusted || scopeImplies(BASIC, [value])).toBe(true);
        expect(attempt.session.tokenVerified || !intersectsScope([value], customScopes.withKeys)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
  expect(granted).toBeGreaterThan(100);
});

test('a refusal is always for a reason: each scope alone would pass exactly if it may', () => {
  fc.assert(
    fc.property(attempt, (attempt) => {
      const each = attempt.scope.map((value): ScopeAttempt => ({ ...attempt, scope: [value] }));
      expect(isGranted(attempt)).toBe(each.every(isGranted));
    }),
    { numRuns: 1000 },
  );
});

test('trust, permissions and a verified session never take anything away', () => {
  fc.assert(
    fc.property(attempt, scope, (attempt, more) => {
      if (!isGranted(attempt)) return;
      const { client } = attempt;
      const stronger: ScopeAttempt = {
        ...attempt,
        session: { ...attempt.session, tokenVerified: true },
        client: { ...client, trusted: true, allowedScopes: [...client.allowedScopes, ...more] },
      };
      expect(isGranted(stronger)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

test('a refresh token never gives more than itself, whoever the client is and whatever it may have', async () => {
  const session = await fixture.person();
  const clients = new Map<boolean, string>();
  for (const trusted of [true, false]) {
    clients.set(trusted, await fixture.client({ publicClient: true, trusted, allowedScopes: [SCOPE_OLDSYNC] }));
  }
  let granted = 0;
  await fc.assert(
    fc.asyncProperty(scope, scope, fc.boolean(), async (own: ScopeSet, asked: ScopeSet, trusted: boolean) => {
      const client_id = clients.get(trusted) ?? '';
      const refresh_token = Buffer.from(fixture.context.random.bytes(32)).toString('hex');
      const text = (set: ScopeSet) => set.map((value) => value.text).join(' ');
      await fixture.context.storage.db
        .insertInto('refreshTokens')
        .values({
          uid: fromHex(session.uid),
          tokenHash: fromHex(tokenId(refresh_token)),
          clientId: client_id,
          scope: text(own),
          authAt: 0,
          amr: 'pwd email',
          aal: 1,
          createdAt: 0,
          lastUsedAt: fixture.clock.now(),
          grantId: null,
          sessionTokenHash: null,
        })
        .execute();
      const answer = await fixture
        .token({ grant_type: 'refresh_token', client_id, refresh_token, scope: text(asked) })
        .catch((error: unknown) => {
          expect(error).toMatchObject({ definition: { name: 'INVALID_SCOPES' } });
        });
      if (answer === undefined) return;
      granted += 1;
      const given = parseScope(answer.scope);
      expect(scopeImplies(own, given)).toBe(true);
      expect(scopeImplies(asked, given)).toBe(true);
      expect(given.map((value) => value.text)).not.toContain(SCOPE_OPENID);
      expect(given.map((value) => value.text)).not.toContain(SCOPE_SESSION_TOKEN);
    }),
    { numRuns: 400 },
  );
  expect(granted).toBeGreaterThan(20);
});

/** What Firefox on Android may have, parts of it, and what is near. */
const ofFirefox = fc
  .uniqueArray(
    fc.oneof(
      fc.constantFrom('profile', 'profile:email', 'profile:email:write', 'openid', 'basket'),
      fc
        .tuple(
          fc.constantFrom(SCOPE_OLDSYNC, SCOPE_VPN, SCOPE_RELAY, SCOPE_SESSION_TOKEN),
          fc.constantFrom('', '#read', '/part'),
        )
        .map((parts) => parts.join('')),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((values) => parseScope(values.join(' ')));

test('through every grant, tokens allow what one of their members allows, and were granted every member', async () => {
  const text = (set: ScopeSet) => set.map((value) => value.text).join(' ');
  const counts: Record<string, number> = {};
  /** The answer, or nothing where the scope was refused as such. */
  const attempt = async (grant: string, work: Promise<{ scope: string }>): Promise<ScopeSet> => {
    const answer = await work.catch((error: unknown) => {
      expect(error).toMatchObject({ definition: { name: expect.stringMatching(/^(INVALID_SCOPES|FORBIDDEN)$/) } });
    });
    if (answer !== undefined) counts[grant] = (counts[grant] ?? 0) + 1;
    return parseScope(answer?.scope ?? '');
  };
  await fc.assert(
    fc.asyncProperty(ofFirefox, ofFirefox, value, async (own, asked, probe) => {
      const session = await fixture.person();
      const client_id = FENIX;
      const offline = { client_id, scope: text(own), access_type: 'offline', ...(await pkce()) } as const;
      const { code } = await fixture.authorize(session, offline);
      const tokens = await fixture.oauthToken({ client_id, code, code_verifier: VERIFIER }, session);
      const { refresh_token } = tokens;
      const direct = { client_id, grant_type: 'fxa-credentials', scope: text(asked) } as const;
      const refresh = { client_id, grant_type: 'refresh_token', refresh_token, scope: text(asked) } as const;
      const exchange = {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: refresh_token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
        scope: text(asked),
      } as const;
      const given: [ScopeSet, ScopeSet][] = [
        [await attempt('code', Promise.resolve(tokens)), own],
        [await attempt('refresh', fixture.token(refresh)), own],
        [await attempt('session', fixture.oauthToken(direct, session)), asked],
        [await attempt('exchange', fixture.oauthToken(exchange)), [...own, ...parseScope(SCOPE_RELAY)]],
      ];
      const one = parseScope(text([...parseScope(probe)]));
      for (const [set, granted] of given) {
        expect(scopeImplies(granted, set)).toBe(true);
        expect(scopeImplies(set, one)).toBe(set.some((member) => scopeImplies([member], one)));
      }
    }),
    { numRuns: 200 },
  );
  expect(Object.keys(counts).sort()).toEqual(['code', 'exchange', 'refresh', 'session']);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
});

test('the generator makes what the properties are about', () => {
  const made = fc.sample(scope, { numRuns: 3000, seed: 1 }).flat();
  const some = (check: (text: string) => boolean) => made.some((value) => check(value.text));
  expect(some((text) => text === SCOPE_OLDSYNC)).toBe(true);
  expect(some((text) => text === `${SCOPE_NOTES}#read`)).toBe(true);
  expect(some((text) => text === 'https://identity.mozilla.com/apps')).toBe(true);
  expect(some((text) => text.startsWith('profile:'))).toBe(true);
});
