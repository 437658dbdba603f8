import { parseScope, SCOPE_NOTES, SCOPE_OLDSYNC } from '@foxden/protocol';
import { describe, expect, test } from 'vitest';
import type { OAuthClient } from '../../src/oauth/client.js';
import { applyRules, CODE_RULES, type CodeAttempt, SESSION_RULES } from '../../src/oauth/rules/index.js';
import { limitCustomScopes } from '../../src/oauth/rules/limit-custom-scopes.js';
import { limitUntrustedClient } from '../../src/oauth/rules/limit-untrusted-client.js';
import { requireAcrValues } from '../../src/oauth/rules/require-acr-values.js';
import { requirePkce } from '../../src/oauth/rules/require-pkce.js';
import { requireRecentAuthentication } from '../../src/oauth/rules/require-recent-authentication.js';
import { registeredRedirect } from '../../src/oauth/rules/require-registered-redirect.js';
import { requireVerifiedSessionForKeys } from '../../src/oauth/rules/require-verified-session-for-keys.js';
import type { Session } from '../../src/sessions/index.js';
import { refusal, refusalOf } from './fixture.js';

const NOW = Date.UTC(2026, 0, 1);
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const client: OAuthClient = {
  id: 'aaaaaaaaaaaaaaaa',
  name: 'An application',
  hashedSecret: null,
  hashedSecretPrevious: null,
  imageUri: null,
  redirectUris: ['https://app.example.com/callback', 'urn:ietf:wg:oauth:2.0:oob', 'com.example.app:/callback'],
  postLogoutRedirectUris: [],
  pairwise: false,
  trusted: true,
  canGrant: false,
  publicClient: true,
  allowedScopes: parseScope(SCOPE_OLDSYNC),
};

const attempt: CodeAttempt = {
  session: {
    emailVerified: true,
    mustVerify: false,
    tokenVerified: true,
    aal: 1,
    authAt: NOW,
  } as Session,
  client,
  scope: parseScope('profile'),
  customScopes: { all: parseScope(`${SCOPE_OLDSYNC} ${SCOPE_NOTES}`), withKeys: parseScope(SCOPE_OLDSYNC) },
  redirectUri: undefined,
  acrValues: undefined,
  maxAge: undefined,
  codeChallenge: CHALLENGE,
  codeChallengeMethod: 'S256',
  now: NOW,
};

const by = (session: Partial<Session>): CodeAttempt => ({ ...attempt, session: { ...attempt.session, ...session } });
const of = (changes: Partial<OAuthClient>): CodeAttempt => ({ ...attempt, client: { ...client, ...changes } });

test('an attempt that breaks no rule passes them all', () => {
  applyRules(SESSION_RULES, attempt);
  applyRules(CODE_RULES, attempt);
});

test('rules are applied in the order of the protocol: the first broken one answers', async () => {
  const broken: CodeAttempt = {
    ...attempt,
    session: { ...attempt.session, emailVerified: false, mustVerify: true, tokenVerified: false, aal: 1 },
    client: { ...client, trusted: false, allowedScopes: [] },
    scope: parseScope(SCOPE_OLDSYNC),
    redirectUri: 'https://evil.example.com/',
    acrValues: 'AAL2',
    codeChallenge: undefined,
    codeChallengeMethod: undefined,
  };
  const steps: [Partial<CodeAttempt>, string][] = [
    [{}, 'UNVERIFIED_ACCOUNT'],
    [{ session: { ...broken.session, emailVerified: true } }, 'UNVERIFIED_SESSION'],
    [{ session: { ...broken.session, emailVerified: true, mustVerify: false } }, 'INCORRECT_REDIRECT_URI'],
    [{ redirectUri: undefined }, 'INSUFFICIENT_ACR_VALUES'],
    [{ acrValues: undefined }, 'INVALID_SCOPES'],
    [{ client }, 'UNVERIFIED_SESSION'],
    [{ scope: parseScope('profile') }, 'MISSING_PKCE_PARAMETERS'],
  ];
  let current = broken;
  for (const [repair, expected] of steps) {
    current = { ...current, ...repair };
    const both = () => {
      applyRules(SESSION_RULES, current);
      applyRules(CODE_RULES, current);
    };
    expect(await refusal(both)).toBe(expected);
  }
});

describe('redirect_uri', () => {
  test.each(client.redirectUris)('%s is registered and so allowed', (uri) => {
    expect(registeredRedirect(client, uri)).toBe(uri);
  });

  test('absent means the first registered one', () => {
    expect(registeredRedirect(client, undefined)).toBe('https://app.example.com/callback');
  });

  test.each([
    'https://app.example.com/callback/',
    'https://app.example.com/callback?x=1',
    'https://app.example.com/Callback',
    'https://app.example.com:443/callback',
    'http://app.example.com/callback',
    'https://app.example.com.evil.example/callback',
    'com.example.app:/callback/..',
    '',
  ])('%s is not the registered URI, however near', async (uri) => {
    expect(await refusal(() => registeredRedirect(client, uri))).toBe('INCORRECT_REDIRECT_URI');
  });

  test('a client that registered none gets no code', async () => {
    expect(await refusal(() => registeredRedirect({ ...client, redirectUris: [] }, undefined))).toBe(
      'INCORRECT_REDIRECT_URI',
    );
  });
});

describe('acr_values', () => {
  test('AAL2 wants a second factor in this session', async () => {
    const error = await refusalOf(() => requireAcrValues({ ...attempt, acrValues: 'phr AAL2' }));
    expect(error.definition.name).toBe('INSUFFICIENT_ACR_VALUES');
    expect(error.extra).toEqual({ foundValue: 'AAL1' });
  });

  test('a session with a second factor satisfies it, and other values ask for nothing', () => {
    requireAcrValues({ ...by({ aal: 2 }), acrValues: 'AAL2' });
    requireAcrValues({ ...attempt, acrValues: 'AAL1 AAL22 phr' });
  });
});

describe('max_age', () => {
  const aged = (seconds: number, maxAge: number | undefined): CodeAttempt => ({
    ...by({ authAt: NOW - seconds * 1000 }),
    maxAge,
  });

  test('a proof of the password up to that age plus five seconds counts', () => {
    requireRecentAuthentication(aged(65, 60));
    requireRecentAuthentication(aged(5, 0));
    requireRecentAuthentication(aged(1e9, undefined));
  });

  test('an older one does not', async () => {
    expect(await refusal(() => requireRecentAuthentication(aged(65.001, 60)))).toBe('INSUFFICIENT_ACR_VALUES');
    expect(await refusal(() => requireRecentAuthentication(aged(6, 0)))).toBe('INSUFFICIENT_ACR_VALUES');
  });
});

describe('an untrusted client', () => {
  const untrusted = (scope: string): CodeAttempt => ({ ...of({ trusted: false }), scope: parseScope(scope) });

  test('may learn who the person is', () => {
    limitUntrustedClient(untrusted('openid email profile:uid profile:email profile:display_name'));
  });

  test.each([
    'profile',
    'profile:write',
    'profile:email:write',
    'profile:display_name:write',
    'profile:avatar',
    'profile:locale',
    'basket',
    'clients:write',
    SCOPE_OLDSYNC,
    'https://example.com/anything',
  ])('may not have %s, and is told so', async (scope) => {
    const error = await refusalOf(() => limitUntrustedClient(untrusted(`openid ${scope}`)));
    expect(error.definition.name).toBe('INVALID_SCOPES');
    expect(error.extra).toEqual({ invalidScopes: scope });
  });
});

describe('custom scopes', () => {
  const asks = (scope: string): CodeAttempt => ({ ...attempt, scope: parseScope(scope) });

  test('are for the clients with a permission; a part of a permitted scope is permitted', () => {
    limitCustomScopes(asks(`profile ${SCOPE_OLDSYNC} ${SCOPE_OLDSYNC}#read ${SCOPE_OLDSYNC}/bookmarks`));
  });

  test.each([
    [SCOPE_NOTES, 'another one'],
    [`${SCOPE_NOTES}#read`, 'a part of another one'],
    [`${SCOPE_NOTES}/pages`, 'something below another one'],
    ['https://identity.mozilla.com/apps', 'a scope that implies all applications'],
  ])('%s is refused: %s', async (scope) => {
    const error = await refusalOf(() => limitCustomScopes(asks(`${SCOPE_OLDSYNC} ${scope}`)));
    expect(error.definition.name).toBe('INVALID_SCOPES');
    expect(error.extra).toEqual({ invalidScopes: scope });
  });

  test('a scope that nobody registered is not a custom one', () => {
    limitCustomScopes(asks('https://example.com/free profile:write'));
  });
});

describe('scopes with keys', () => {
  const unconfirmed = (scope: string): CodeAttempt => ({
    ...by({ tokenVerified: false, mustVerify: false }),
    scope: parseScope(scope),
  });

  test.each([SCOPE_OLDSYNC, `${SCOPE_OLDSYNC}#read`, 'https://identity.mozilla.com/apps'])(
    '%s needs a session confirmed beyond the password; the answer is no 401, which would sign a browser out',
    async (scope) => {
      const error = await refusalOf(() => requireVerifiedSessionForKeys(unconfirmed(scope)));
      expect(error.definition).toMatchObject({ errno: 138, status: 400 });
    },
  );

  test('scopes without keys do not', () => {
    requireVerifiedSessionForKeys(unconfirmed(`profile ${SCOPE_NOTES}`));
  });
});

describe('PKCE', () => {
  const without = { codeChallenge: undefined, codeChallengeMethod: undefined };

  test('is a must for public clients', async () => {
    expect(await refusal(() => requirePkce({ ...attempt, ...without }))).toBe('MISSING_PKCE_PARAMETERS');
  });

  test('is free for clients with a secret, which may use it or not', () => {
    requirePkce({ ...of({ publicClient: false }), ...without });
    requirePkce(of({ publicClient: false }));
  });

  test('a challenge without a method would mean "plain" and is refused; so is a method alone', async () => {
    const noMethod = await refusalOf(() => requirePkce({ ...attempt, codeChallengeMethod: undefined }));
    expect(noMethod.definition.name).toBe('INVALID_PARAMETER');
    expect(noMethod.extra).toEqual({ validation: { keys: ['code_challenge_method'] } });
    const noChallenge = await refusalOf(() => requirePkce({ ...attempt, codeChallenge: undefined }));
    expect(noChallenge.extra).toEqual({ validation: { keys: ['code_challenge'] } });
  });
});
