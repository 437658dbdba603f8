import { type AuthClient, createAuthorizationCode, getAccountStatus, verifySessionCode } from '@foxden/auth-client';
import { accountDestroy, createCodeChallenge, sessionVerifyTotp } from '@foxden/protocol';
import { addressOf, beginningOf, type Flow, paramsOf, sessionOf } from './flow.js';
import { FlowFailure, inAppError, type Refusal } from './machine/read-failure.js';
import type { StateName } from './machine/states.js';
import type { Answer } from './machine/table.js';
import type { Authorization, RelyingParty } from './relying-party/relying-party.js';
import { attachedClientNames } from './requests/attached-clients.js';
import { authPWOf, create, login, type SignedIn } from './requests/sign-in.js';

/** What the work of a state comes to. */
export type Outcome<Result> =
  | { readonly trigger: Exclude<Answer, 'failed' | 'signedIn'> }
  | { readonly trigger: 'signedIn'; readonly result: Result }
  | Refusal;

/** What the work is done with. */
export interface Workplace<Result> {
  readonly client: AuthClient;
  readonly relyingParty: RelyingParty<Result>;
  /** False: an unknown address goes on in the browser. */
  readonly accountCreation: boolean;
  /** False: the whole sign-in is the browser's. */
  readonly inApp: boolean;
  /** Opens a browser, and gives the address that it came back to. */
  readonly openBrowser?: ((url: string, signal: AbortSignal) => Promise<string>) | undefined;
}

/** Begins the work of a state, if it is one that works; it throws what its requests throw. */
export function workOf<R>(state: StateName, place: Workplace<R>, flow: Flow): Promise<Outcome<R>> | undefined {
  switch (state) {
    case 'Initializing':
      return begin(place, flow);
    case 'CheckingAccount':
      return checkAccount(place, flow);
    case 'SigningIn':
      return signIn(place, flow, undefined);
    case 'SigningUp':
      return signUp(place, flow);
    case 'VerifyingUnblockCode':
      return signIn(place, flow, flow.code);
    case 'VerifyingSessionEmailCode':
      return verifyEmailCode(place, flow);
    case 'VerifyingSessionTotpCode':
      return verifyTotpCode(place, flow);
    case 'SignUp':
      return flow.type === 'default' ? undefined : Promise.reject(accountVanished());
    case 'Finalizing':
      return finalize(place, flow);
    case 'DeletingAccount':
      return deleteAccount(place, flow);
    case 'FallbackInBrowser':
      return askBrowser(place, flow);
    default:
      return undefined;
  }
}

const accountVanished = () => new FlowFailure('AuthenticationError', 'Whoever is signed in has no account any more');

async function begin<R>({ relyingParty, inApp }: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  flow.codeChallenge = await createCodeChallenge(flow.codeVerifier);
  flow.params = await relyingParty.begin(beginningOf(flow));
  if (!inApp) return { trigger: 'webOnly' };
  return { trigger: flow.person.email === '' ? 'ready' : 'addressKnown' };
}

async function checkAccount<R>({ client, accountCreation }: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  const body = { email: addressOf(flow), thirdPartyAuthStatus: true };
  const { exists, hasPassword, hasLinkedAccount } = await getAccountStatus(client, body, flow.controller.signal);
  if (typeof exists !== 'boolean') throw new TypeError('The server does not say whether there is an account');
  // Whoever is signed in had an account; a browser would only offer to make another one.
  if (!exists)
    return { trigger: accountCreation || flow.type !== 'default' ? 'accountUnknown' : 'accountUnknownInApp' };
  if (hasPassword === true) return { trigger: 'accountExists' };
  return { trigger: hasLinkedAccount === true ? 'onlyLinked' : 'noPassword' };
}

// Neither of these two is ended by a signal: a session that nobody waits for could not be given up.

async function signIn<R>({ client }: Workplace<R>, flow: Flow, unblockCode: string | undefined): Promise<Outcome<R>> {
  flow.isNewAccount = false;
  return enterSession(flow, await login(client, paramsOf(flow), flow.person, unblockCode));
}

async function signUp<R>({ client }: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  const created = await create(client, paramsOf(flow), flow.person);
  flow.isNewAccount = true;
  return enterSession(flow, created);
}

function enterSession(flow: Flow, { answer, person }: SignedIn): Outcome<never> {
  const { sessionToken, verified, verificationMethod } = answer;
  flow.person = person;
  flow.sessionToken = sessionToken;
  if (verified) return { trigger: 'verified' };
  if (verificationMethod === 'totp-2fa') return { trigger: 'totpCodeNeeded' };
  if (verificationMethod === 'email-otp') return { trigger: 'emailCodeNeeded' };
  throw new TypeError(`The server wants a session verified by ${verificationMethod ?? 'nothing that it names'}`);
}

async function verifyEmailCode<R>({ client }: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  const { clientId, scope } = paramsOf(flow);
  const scopes = scope.split(' ').map((value) => (value.startsWith('http') ? decodeURIComponent(value) : value));
  const body = { code: flow.code, service: clientId, scopes };
  await verifySessionCode(client, sessionOf(flow), body, flow.controller.signal);
  return { trigger: 'verified' };
}

async function verifyTotpCode<R>({ client }: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  const { clientId, scope } = paramsOf(flow);
  // Servers ignore members that they do not know, such as these scopes.
  const body = { code: flow.code, service: clientId, scopes: [scope] };
  const token = { sessionToken: sessionOf(flow) };
  const { success } = await client.call(sessionVerifyTotp, { token, body, signal: flow.controller.signal });
  return success === true
    ? { trigger: 'verified' }
    : { trigger: 'InvalidTotpCode', error: inAppError('InvalidTotpCode') };
}

/** The requests that end in the relying party's session (in-app-auth §6). */
async function finalize<R>(place: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  if (flow.isDeleted) return { trigger: 'deleted' };
  const { client, relyingParty } = place;
  const { signal } = flow.controller;
  const code = flow.browserCode ?? (await authorize(place, flow));
  const result = await relyingParty.exchange(code, flow.codeVerifier, signal);
  if (flow.type !== 'accountDeletion') return { trigger: 'signedIn', result };
  flow.attachedClients = await attachedClientNames(client, sessionOf(flow), signal);
  return { trigger: 'clientsListed' };
}

async function authorize<R>({ client, relyingParty }: Workplace<R>, flow: Flow): Promise<string> {
  const params = paramsOf(flow);
  const { clientId, state, scope, accessType, redirectUri, codeChallenge } = params;
  const body = {
    client_id: clientId,
    state,
    scope,
    access_type: accessType,
    ...(redirectUri !== undefined && { redirect_uri: redirectUri }),
    ...(codeChallenge !== undefined &&
      ({ response_type: 'code', code_challenge: codeChallenge, code_challenge_method: 'S256' } as const)),
  };
  const { signal } = flow.controller;
  const answer = await createAuthorizationCode(client, sessionOf(flow), body, signal);
  return relyingParty.finish(readAuthorization(answer), params, signal);
}

function readAuthorization({ code, state, redirect }: Authorization): Authorization {
  if (![code, state, redirect].every((member) => typeof member === 'string')) {
    throw new FlowFailure('AuthenticationError', 'The authorization is incomplete');
  }
  return { code, state, redirect };
}

async function deleteAccount<R>({ client }: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  const body = { email: flow.person.email, authPW: await authPWOf(flow.person) };
  const token = { sessionToken: sessionOf(flow) };
  await client.call(accountDestroy, { token, body, signal: flow.controller.signal });
  flow.isDeleted = true;
  return { trigger: 'deleted' };
}

async function askBrowser<R>({ openBrowser, relyingParty }: Workplace<R>, flow: Flow): Promise<Outcome<R>> {
  if (openBrowser === undefined) return { trigger: 'browserLeft' };
  const url = await openBrowser(flow.browserUrl, flow.controller.signal).catch((cause: unknown) => {
    throw new FlowFailure('IgnoredError', 'The browser did not come back', cause);
  });
  flow.browserCode = relyingParty.readReturn(url, paramsOf(flow));
  return { trigger: 'browserReturned' };
}
