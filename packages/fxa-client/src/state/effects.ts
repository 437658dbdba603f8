import type { AccountContext } from '../account-context.js';
import { ensureCapabilities, initializeDevice } from '../devices/registration.js';
import type { DeviceConfig } from '../devices/types.js';
import { FxaError } from '../errors/fxa-error.js';
import { isTransient } from '../errors/is-transient.js';
import { checkAuthorizationStatus, disconnect, trustAgain } from '../oauth/authorization.js';
import { beginOAuthFlow, beginPairingFlow } from '../oauth/begin-flow.js';
import { completeFlow, forgetFlow } from '../oauth/complete-flow.js';
import { handleWebChannelPasswordChange } from '../oauth/session-token.js';
import { getProfile } from '../profile/profile.js';
import { authStateOf } from './public-state.js';
import { type Attempted, attempt } from './retry.js';
import type { EffectResult, Perform } from './run-event.js';
import type { EventName, FxaEvent } from './states.js';
import type { Effect } from './table.js';

type EventOf<N extends EventName> = Extract<FxaEvent, { readonly type: N }>;

/** Carries out what the table names, on an account. `deviceConfig` is that of the Initialize event. */
export function effectsOn(context: AccountContext, deviceConfig: () => DeviceConfig): Perform {
  const effects: Readonly<Record<Effect, (event: FxaEvent) => Promise<EffectResult>>> = {
    readAuthState: async () => {
      if (context.state.pendingFlow !== null) return { outcome: 'flowPending' };
      return { outcome: AUTH_STATE_OUTCOMES[authStateOf(context.state)] };
    },
    ensureCapabilities: async () => {
      // A device whose registration never succeeded has no name there either.
      const isRegistered = context.state.currentDeviceId !== null;
      const ensure = () =>
        isRegistered
          ? ensureCapabilities(context, deviceConfig().capabilities)
          : initializeDevice(context, deviceConfig());
      return outcomeOf(await attempt<unknown>(context, ensure));
    },
    beginOAuthFlow: async (event) => {
      const { scopes, entrypoint, service = '' } = expect(event, 'BeginOAuthFlow');
      const request = { scopes, entrypoint, service, initialState: authStateOf(context.state) };
      return begun(context, await attempt(context, () => beginOAuthFlow(context, request)));
    },
    beginPairingFlow: async (event) => {
      const { pairingUrl, scopes, entrypoint, service = '' } = expect(event, 'BeginPairingFlow');
      const request = { scopes, entrypoint, service, initialState: authStateOf(context.state) };
      return begun(context, await attempt(context, () => beginPairingFlow(context, pairingUrl, request)));
    },
    completeOAuthFlow: async (event) => {
      const { code, state } = expect(event, 'CompleteOAuthFlow');
      const result = await attempt(context, () => completeFlow(context, code, state), false);
      if (result.ok) return { outcome: result.value };
      const kept = isTransient(result.error) || result.error.kind === 'NoExistingAuthFlow';
      return { outcome: kept ? 'kept' : 'failed', cause: result.error };
    },
    initializeDevice: async () =>
      outcomeOf(await attempt(context, () => initializeDevice(context, deviceConfig()), false)),
    forgetFlow: async () => {
      await forgetFlow(context);
      return { outcome: 'ok' };
    },
    disconnect: async () => {
      await disconnect(context);
      return { outcome: 'ok' };
    },
    checkAuthorizationStatus: async () => {
      const result = await attempt(context, () => checkAuthorizationStatus(context), false);
      if (!result.ok) return { outcome: isNobody(context) ? 'inactive' : 'failed', cause: result.error };
      if (!result.value.active) return { outcome: 'inactive', cause: ended() };
      trustAgain(context);
      return { outcome: 'active' };
    },
    getProfile: async () => outcomeOf(await attempt(context, () => getProfile(context, true))),
    changeSession: async (event) => {
      const { jsonPayload } = expect(event, 'WebChannelPasswordChange');
      return outcomeOf(await attempt(context, () => handleWebChannelPasswordChange(context, jsonPayload)));
    },
  };
  return (effect, event) => effects[effect](event);
}

const AUTH_STATE_OUTCOMES = { Disconnected: 'disconnected', Connected: 'connected', AuthIssues: 'authIssues' } as const;

function outcomeOf(result: Attempted<unknown>): EffectResult {
  if (result.ok) return { outcome: 'ok' };
  return { outcome: result.inactive ? 'inactive' : 'failed', cause: result.error };
}

/** A flow that could not be begun ends the one before it too. */
async function begun(context: AccountContext, result: Attempted<string>): Promise<EffectResult> {
  if (result.ok) return { outcome: 'ok' };
  await forgetFlow(context);
  return { outcome: 'failed', cause: result.error };
}

function isNobody({ state }: AccountContext): boolean {
  return state.refreshToken === null && state.suspectRefreshToken === null;
}

function ended(): FxaError {
  return new FxaError('Authentication', 'The server says that the authorization has ended');
}

function expect<N extends EventName>(event: FxaEvent, name: N): EventOf<N> {
  if (event.type !== name) throw new TypeError(`${event.type} does not do this`);
  return event as EventOf<N>;
}
