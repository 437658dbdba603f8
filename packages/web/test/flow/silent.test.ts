import { describe, expect, it } from 'vitest';
import { answerSilently } from '../../src/flow/silent.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import {
  ISSUER,
  NOW,
  oauthFlow,
  rosa,
  sessionStatus,
  stranger,
  testServices,
  trustedClient,
} from '../support/test-services.js';

const redirect = 'https://notes.example/callback?code=c0&state=the+state';

/** What the server says of an ID token. */
const claims = (sub: string) => ({ iss: ISSUER, sub, aud: trustedClient.id, iat: NOW, exp: NOW + 300 });
const hint = { idTokenHint: 'an ID token' };
const verify = 'POST /oauth/id-token-verify';

interface Given {
  readonly account?: typeof rosa | undefined;
  readonly hint?: string;
  readonly client?: typeof trustedClient;
  readonly request?: Parameters<typeof oauthFlow>[1];
  readonly routes?: Parameters<typeof testServer>[0];
}

async function answer({
  account,
  hint: address,
  client = trustedClient,
  request = {},
  routes = {},
}: Given): Promise<string> {
  const server = testServer({
    'GET /session/status': sessionStatus(),
    'POST /oauth/authorization': { code: 'c0', state: '', redirect, scope: '' },
    [verify]: claims(rosa.uid),
    ...routes,
  });
  const oauth = oauthFlow(client, { prompt: 'none', ...request });
  const services = testServices({ account, server, flow: { oauth, hint: address } });
  return answerSilently(services, oauth);
}

const errorOf = (url: string) => new URL(url).searchParams.get('error');

describe('prompt=none', () => {
  it('gives a code where nobody needs to be asked', async () => {
    expect(await answer({ account: rosa })).toBe(redirect);
    expect(await answer({ account: rosa, hint: 'Rosa@Example.org' })).toBe(redirect);
    expect(await answer({ account: rosa, client: stranger })).toBe(redirect);
    expect(await answer({ account: rosa, request: hint })).toBe(redirect);
  });

  it('keeps the state in its errors', async () => {
    expect(await answer({})).toBe(
      'https://notes.example/callback?error=login_required&state=the+state&iss=https%3A%2F%2Faccounts.example.org',
    );
  });

  it.each<[string, string, Given]>([
    ['login_required', 'nobody is signed in', {}],
    [
      'login_required',
      'the session has ended',
      { account: rosa, routes: { 'GET /session/status': refusal(110, 401) } },
    ],
    ['login_required', 'the sign-in is too old', { account: rosa, request: { maxAge: 30 } }],
    ['account_selection_required', 'somebody else is signed in', { account: rosa, hint: 'bo@example.org' }],
    [
      'account_selection_required',
      'the ID token is somebody else’s',
      { account: rosa, request: hint, routes: { [verify]: claims('ff'.repeat(16)) } },
    ],
    [
      'invalid_request',
      'the server did not make the ID token for the application',
      { account: rosa, request: hint, routes: { [verify]: refusal(108) } },
    ],
    ['invalid_request', 'keys are wanted', { account: rosa, request: { keysJwk: 'some key' } }],
    ['unauthorized_client', 'a stranger asks about an address', { account: rosa, hint: rosa.email, client: stranger }],
    [
      'consent_required',
      'the server finds that the person was not asked about it',
      { account: rosa, client: stranger, routes: { 'POST /oauth/authorization': refusal(112, 403) } },
    ],
    [
      'interaction_required',
      'the address is not confirmed',
      { account: rosa, routes: { 'GET /session/status': sessionStatus({ emailVerified: false }) } },
    ],
    [
      'interaction_required',
      'the session must be confirmed',
      { account: rosa, routes: { 'GET /session/status': sessionStatus({ sessionVerified: false, mustVerify: true }) } },
    ],
    [
      'interaction_required',
      'the server says so',
      { account: rosa, routes: { 'POST /oauth/authorization': refusal(138) } },
    ],
    ['invalid_scope', 'the server refuses', { account: rosa, routes: { 'POST /oauth/authorization': refusal(163) } }],
  ])('answers %s when %s', async (error, _, given) => {
    expect(errorOf(await answer(given))).toBe(error);
  });

  it('prefers the ID token to the address, as the hint that cannot be mistaken', async () => {
    expect(await answer({ account: rosa, hint: 'old-address@example.org', request: hint })).toBe(redirect);
  });

  it('tells a stranger nothing about who is signed in by refusing alike', async () => {
    const [member, nobody] = await Promise.all([
      answer({ account: rosa, hint: rosa.email, client: stranger }),
      answer({ hint: rosa.email, client: stranger }),
    ]);
    expect(member).toBe(nobody);
  });

  it('makes nothing up when the server cannot be reached', async () => {
    const routes = { 'GET /session/status': offline };
    await expect(answer({ account: rosa, routes })).rejects.toMatchObject({ kind: 'network' });
  });
});
