import { accountDeviceDestroy } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { Telemetry } from '../commands/telemetry.js';
import { listDevices } from '../devices/list.js';
import { asFxaError } from '../errors/as-fxa-error.js';
import { FxaError } from '../errors/fxa-error.js';
import { emptyState } from '../persistence/account-state.js';
import { destroyRefreshToken, destroySession, isActive, tidyUp } from './token-requests.js';

/** Whether the server still honours the authorization of this application. */
export interface AuthorizationInfo {
  readonly active: boolean;
}

/**
 * Asks the server, at most five times at once and three times a minute (client §6.7). A token that came into doubt can be
 * asked about too. Changes nothing.
 * @throws FxaError `Authentication` when no authorization is held
 */
export async function checkAuthorizationStatus(context: AccountContext): Promise<AuthorizationInfo> {
  const token = context.state.refreshToken ?? context.state.suspectRefreshToken;
  if (token === null) throw new FxaError('Authentication', 'Nobody is signed in: there is no refresh token');
  context.statusChecks.pass();
  return { active: await isActive(context, token.token) };
}

/** Takes a token that came into doubt back into use. */
export function trustAgain(context: AccountContext): void {
  const { refreshToken, suspectRefreshToken } = context.state;
  if (refreshToken !== null || suspectRefreshToken === null) return;
  context.update({ refreshToken: suspectRefreshToken, suspectRefreshToken: null, loggedOutFromAuthIssues: false });
}

/**
 * Takes the tokens out of use; their scopes, the keys and the device are remembered for the next sign-in (client §5.3,
 * §11.2 number 2).
 */
export function enterAuthIssues(context: AccountContext): void {
  const { refreshToken, suspectRefreshToken } = context.state;
  context.update({
    refreshToken: null,
    suspectRefreshToken: refreshToken ?? suspectRefreshToken,
    accessTokenCache: {},
    sessionToken: null,
    ownsSessionToken: false,
    serverLocalDeviceInfo: null,
    loggedOutFromAuthIssues: true,
    pendingFlow: null,
  });
  forgetAll(context);
}

/**
 * Ends everything that the server has of this application, and forgets everything but the configuration (client §3.2).
 * Never throws: what cannot be told to the server is forgotten all the same.
 */
export async function disconnect(context: AccountContext): Promise<void> {
  const { refreshToken, sessionToken, ownsSessionToken, config, unknown } = context.state;
  if (refreshToken !== null) await endAuthorization(context, refreshToken.token);
  if (ownsSessionToken && sessionToken !== null) await destroySession(context, sessionToken);
  context.update({ ...emptyState(config), unknown });
  forgetAll(context);
}

/** Destroying the device ends its token too. */
async function endAuthorization(context: AccountContext, refreshToken: string): Promise<void> {
  const id = await currentDeviceId(context);
  if (id === undefined) return destroyRefreshToken(context, refreshToken);
  try {
    const request = { token: { refreshToken }, body: { id } };
    await context.connection.exchange('auth', accountDeviceDestroy, request);
  } catch (error) {
    asFxaError(error);
    await destroyRefreshToken(context, refreshToken);
  }
}

async function currentDeviceId(context: AccountContext): Promise<string | undefined> {
  let id: string | undefined;
  await tidyUp(async () => {
    id = (await listDevices(context)).find((device) => device.isCurrentDevice)?.id;
  });
  return id;
}

function forgetAll(context: AccountContext): void {
  context.forgetLists();
  context.memory.redeemed = undefined;
  context.telemetry = new Telemetry();
}
