import { type KeysBundle, openKeysJwe } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { currentDevice, restoreDevice } from '../devices/registration.js';
import { asFxaError } from '../errors/as-fxa-error.js';
import { FxaError } from '../errors/fxa-error.js';
import { isTransient } from '../errors/is-transient.js';
import { missingScopes, type PendingFlow } from '../persistence/account-state.js';
import { type Granted, joinScopes } from './join-scopes.js';
import type { TokenAnswer } from './token-answer.js';
import { destroyAccessToken, destroyRefreshToken, destroySession, redeemCode } from './token-requests.js';

/**
 * Whether a completed flow signed somebody in, so that the device is yet to be registered, or added scopes to an account
 * whose device is known.
 */
export type Completion = 'signedIn' | 'added';

/**
 * Completes the flow that was begun last (client §6.4, §8). What was held before is kept: the scopes by exchanging the old
 * token, else by the session; the keys; the device. Where nothing answers, the flow stays and can be completed again; any
 * other failure ends it and leaves the account as it was.
 * @throws FxaError `NoExistingAuthFlow`, `Network`, `Authentication`, `Forbidden`, `Other`
 */
export async function completeFlow(context: AccountContext, code: string, state: string): Promise<Completion> {
  const flow = context.state.pendingFlow;
  if (flow === null || flow.state !== state) {
    throw new FxaError('NoExistingAuthFlow', 'No flow with this state is under way');
  }
  try {
    return await finish(context, code, flow);
  } catch (error) {
    if (!isTransient(error)) {
      await abandon(context);
      context.update({ pendingFlow: null });
    }
    throw error;
  }
}

/** Forgets a flow that is under way, and ends what it has brought so far. */
export async function forgetFlow(context: AccountContext): Promise<void> {
  await abandon(context);
  context.update({ pendingFlow: null });
}

async function finish(context: AccountContext, code: string, flow: PendingFlow): Promise<Completion> {
  const tokens = await redeem(context, code, flow);
  const keys = tokens.keysJwe === null ? {} : await openKeys(flow, tokens.keysJwe);
  const { refreshToken } = tokens;
  if (refreshToken === null) throw new FxaError('Other', 'The server gave no refresh token');
  const held = context.state.refreshToken;
  const isRegistered = held !== null && context.state.currentDeviceId !== null;
  const device = isRegistered ? await currentDevice(context) : undefined;
  const granted = await joinScopes(context, { ...tokens, refreshToken });
  store(context, tokens, granted, keys);
  await context.save();
  await endSpareTokens(context, tokens, refreshToken, granted, held?.token);
  if (device !== undefined && !granted.keepsDevice) await restoreDevice(context, device);
  return isRegistered ? 'added' : 'signedIn';
}

/** The code works once, so its answer is kept until everything that depends on it is done. */
async function redeem(context: AccountContext, code: string, flow: PendingFlow): Promise<TokenAnswer> {
  const { memory } = context;
  if (memory.redeemed?.flow === flow.state) return memory.redeemed.tokens;
  const tokens = await redeemWithOrWithoutSession(context, code, flow.codeVerifier);
  memory.redeemed = { flow: flow.state, tokens };
  // It could do more than anybody has asked for yet.
  await destroyAccessToken(context, tokens.accessToken);
  return tokens;
}

/** A session that has ended must not keep the person from signing in. */
async function redeemWithOrWithoutSession(
  context: AccountContext,
  code: string,
  codeVerifier: string,
): Promise<TokenAnswer> {
  try {
    return await redeemCode(context, code, codeVerifier);
  } catch (error) {
    const { sessionToken } = context.state;
    if (!(error instanceof FxaError) || error.kind !== 'Authentication' || sessionToken === null) throw error;
    context.update({ sessionToken: null, ownsSessionToken: false });
    return redeemCode(context, code, codeVerifier);
  }
}

async function abandon(context: AccountContext): Promise<void> {
  const tokens = context.memory.redeemed?.tokens;
  context.memory.redeemed = undefined;
  if (tokens === undefined) return;
  if (tokens.refreshToken !== null) await destroyRefreshToken(context, tokens.refreshToken);
  if (tokens.sessionToken !== null) await destroySession(context, tokens.sessionToken);
}

async function openKeys(flow: PendingFlow, keysJwe: string): Promise<KeysBundle> {
  try {
    const jwk = JSON.parse(flow.privateKey) as JsonWebKey;
    const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
    return await openKeysJwe(await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['deriveBits']), keysJwe);
  } catch (error) {
    throw asFxaError(error);
  }
}

function store(context: AccountContext, tokens: TokenAnswer, granted: Granted, keys: KeysBundle): void {
  const { state } = context;
  const { refreshToken } = granted;
  context.memory.redeemed = undefined;
  context.forgetLists();
  context.update({
    refreshToken,
    lostScopes: missingScopes({
      ...state,
      refreshToken,
      lostScopes: [...state.lostScopes, ...(granted.dead?.scopes ?? [])],
    }),
    scopedKeys: { ...state.scopedKeys, ...keys },
    accessTokenCache: {},
    ...(state.sessionToken === null && {
      sessionToken: tokens.sessionToken,
      ownsSessionToken: tokens.sessionToken !== null,
    }),
    ...(!granted.keepsDevice && { serverLocalDeviceInfo: null }),
    loggedOutFromAuthIssues: false,
    suspectRefreshToken: null,
    pendingFlow: null,
  });
}

async function endSpareTokens(
  context: AccountContext,
  tokens: TokenAnswer,
  narrow: string,
  granted: Granted,
  old: string | undefined,
): Promise<void> {
  const kept = granted.refreshToken.token;
  if (narrow !== kept) await destroyRefreshToken(context, narrow);
  if (old !== undefined && old !== kept && !granted.oldEnded) await destroyRefreshToken(context, old);
  if (granted.accessToken !== undefined) await destroyAccessToken(context, granted.accessToken);
  for (const session of [tokens.sessionToken, granted.sessionToken ?? null]) {
    if (session !== null && session !== context.state.sessionToken) await destroySession(context, session);
  }
}
