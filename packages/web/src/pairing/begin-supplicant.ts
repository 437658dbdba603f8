import {
  type ChannelAddress,
  PairingError,
  type PairingRequest,
  readPairingRequest,
  readPairingUrl,
  startSupplicant,
} from '@foxden/pairing';
import { WEBCHANNEL_REDIRECT_URI } from '@foxden/protocol';
import { browserRequest } from '../browser/begin-browser-flow.js';
import { namesBrowser } from '../browser/browser-flow.js';
import type { Beginning } from '../flow/begin.js';
import { checkedRequest } from '../flow/begin-request.js';
import type { Flow, OAuthFlow } from '../flow/flow.js';
import type { Problem } from '../flow/problem.js';
import { codeUrl, errorUrl } from '../oauth/return-address.js';
import type { Place } from '../routing/navigation.js';
import { createStore } from '../store.js';
import { mayPair } from './allowed.js';
import type { SupplicantFlow } from './pairing-flow.js';
import type { PairingSurroundings } from './surroundings.js';

/** The application that waits for a code, and the way to it. */
interface WaitingApplication {
  readonly oauth: OAuthFlow;
  readonly deliver: (code: string) => Promise<void> | void;
  readonly refusalUrl: string | undefined;
}

/**
 * Begins what a device opens after it has scanned a code (oauth-devices §6.4, step 3): checks the request as any other,
 * takes the channel out of the address, and joins it. A scanned code serves once: a page that is loaded again has none.
 * @throws WebChannelError, AuthClientError
 */
export async function beginSupplicant(surroundings: PairingSurroundings, flow: Flow, place: Place): Promise<Beginning> {
  const { config, navigation, after } = surroundings;
  const channel = channelIn(navigation.takeFragment());
  const elsewhere = !namesBrowser(place.query);
  const waiting = await (elsewhere ? applicationElsewhere : browserAround)(surroundings, place);
  if ('kind' in waiting) return waiting;
  const { oauth, deliver, refusalUrl } = waiting;
  const { name } = oauth.client;
  if (!mayPair(config, oauth.client.id)) return problem({ kind: 'pairing-not-allowed' });
  const request = requestIn(place.query, oauth);
  if (request === undefined) return problem({ kind: 'refused-request', code: 'invalid_request', application: name });
  if (channel === undefined) return problem({ kind: 'pairing-no-code' });

  const at = createStore<ReturnType<SupplicantFlow['at']['get']>>({ state: { type: 'connecting' } });
  const supplicant = startSupplicant(
    {
      pairingServer: config.pairingServer,
      channel,
      request,
      // Where the other side says that it leads is not asked: the code goes where the checked request wants it.
      deliver: ({ code }) => deliver(code),
      onState: (state) => at.set({ state }),
    },
    { after },
  );
  const pairing: SupplicantFlow = {
    side: 'supplicant',
    application: name,
    at,
    approve: () => supplicant.approve(),
    cancel: () => supplicant.cancel(),
    elsewhere,
    refusalUrl,
  };
  return { kind: 'flow', flow: { ...flow, pairing } };
}

/** The browser that shows this page is what waits; it must not be signed in yet. */
async function browserAround(
  { client, openChannel }: PairingSurroundings,
  { query }: Place,
): Promise<WaitingApplication | Beginning> {
  const channel = await openChannel();
  if (channel === undefined) return problem({ kind: 'no-browser' });
  const [service, context] = [query.get('service') ?? undefined, query.get('context') ?? undefined];
  const status = await channel.ask('fxaccounts:fxa_status', { service, context, isPairing: true });
  if (status.signedInUser?.sessionToken) return problem({ kind: 'browser-taken', email: status.signedInUser.email });
  const oauth = await browserRequest(client, query, status);
  if ('kind' in oauth) return problem(oauth);
  return {
    oauth,
    refusalUrl: undefined,
    async deliver(code) {
      const { state = '' } = oauth.request;
      const data = { action: 'pairing', code, state, redirect: WEBCHANNEL_REDIRECT_URI } as const;
      // Mobile browsers take it without a word.
      if (status.capabilities?.multiService === true) await channel.ask('fxaccounts:oauth_login', data);
      else channel.tell('fxaccounts:oauth_login', data);
    },
  };
}

/** An application waits at an address of its own. */
async function applicationElsewhere(
  { client, issuer, navigation }: PairingSurroundings,
  place: Place,
): Promise<WaitingApplication | Beginning> {
  const oauth = await checkedRequest({ client, issuer }, place);
  if ('kind' in oauth) return oauth;
  const { returnAddress } = oauth;
  return {
    oauth,
    refusalUrl: returnAddress.takesErrors ? errorUrl(returnAddress, 'access_denied') : undefined,
    deliver: (code) => navigation.leave(codeUrl(returnAddress, code)),
  };
}

/** What is asked for over the channel; undefined where something is missing that pairing cannot do without. */
function requestIn(query: URLSearchParams, { request: { scope } }: OAuthFlow): PairingRequest | undefined {
  return orUndefined(() => ({ ...readPairingRequest(query), scope }));
}

function channelIn(fragment: string): ChannelAddress | undefined {
  return orUndefined(() => readPairingUrl(`https://localhost/#${fragment}`));
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PairingError) return undefined;
    throw error;
  }
}

const problem = (of: Problem): Beginning => ({ kind: 'problem', problem: of });
