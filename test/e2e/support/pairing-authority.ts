import { createAuthorizationCode, sealScopedKeys } from '@foxden/auth-client';
import { type Authority, type PairingEnvironment, type PairingRequest, startAuthority } from '@foxden/pairing';
import { PAIRING_AUTHORITY_REDIRECT_URI, type PairingHeartbeat } from '@foxden/protocol';
import type { BrowserPairing } from '@foxden/webchannel';
import { WebSocket } from 'ws';
import type { AccountsServer } from './accounts-server.js';
import type { Person } from './protected.js';
import { until } from './until.js';

export const DEVICE_NAME = 'Rosa’s computer';

/** An application in this process that lets other devices into somebody's account. */
export interface PairingAuthority {
  readonly authority: Authority;
  readonly channelId: string;
  /** What a code of this authority leads a page of ours to, with what the other device asked for in its query. */
  supplicantUrl(query: Readonly<Record<string, string>>): string;
  /** The page on which the person confirms, once the other device has asked. */
  confirmationUrl(): Promise<string>;
  /** What that page hears of it and may do. */
  readonly pairing: BrowserPairing;
  /** How many codes it has asked the server for. */
  codes(): number;
}

export async function openPairingAuthority(
  { url, client }: Pick<AccountsServer, 'url' | 'client'>,
  person: Person,
  environment: PairingEnvironment = {},
): Promise<PairingAuthority> {
  let codes = 0;
  async function authorize(request: PairingRequest) {
    const { clientId, keysJwk, codeChallenge, state, accessType } = request;
    const { sessionToken, kB, uid } = person;
    const scope = request.scope.join(' ');
    codes += 1;
    return createAuthorizationCode(client, sessionToken, {
      client_id: clientId,
      state,
      scope,
      response_type: 'code',
      access_type: accessType,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      keys_jwe: await sealScopedKeys(client, { sessionToken, clientId, scope, keysJwk, kB, uid }),
    });
  }

  const authority = await startAuthority(
    {
      pairingServer: url.replace('http', 'ws'),
      contentUrl: url,
      metadata: { email: person.email, deviceName: DEVICE_NAME },
      authorize,
    },
    { WebSocket, ...environment },
  );
  const scanned = new URL(authority.url);
  const channelId = new URLSearchParams(scanned.hash.slice(1)).get('channel_id') ?? '';
  return {
    authority,
    channelId,
    supplicantUrl: (query) => `${url}/pair/supp?${new URLSearchParams(query)}${scanned.hash}`,
    async confirmationUrl() {
      const { request } = await until('a device that asks to be let in', async () =>
        'request' in authority.state ? authority.state : undefined,
      );
      const query = new URLSearchParams({
        client_id: request.clientId,
        scope: request.scope.join(' '),
        email: person.email,
        uid: person.uid,
        channel_id: channelId,
        redirect_uri: PAIRING_AUTHORITY_REDIRECT_URI,
      });
      return `${url}/oauth?${query}`;
    },
    pairing: browserPairing(authority),
    codes: () => codes,
  };
}

/** An authority as Firefox has one towards its page (webchannel §7). */
function browserPairing(authority: Authority): BrowserPairing {
  return {
    supplicantMetadata: async () => ('remote' in authority.state ? authority.state.remote : {}),
    heartbeat: async () => beatOf(authority.state),
    authorize: async () => authority.approve(),
    decline: async () => authority.decline(),
    complete: async () => undefined,
  };
}

function beatOf(state: Authority['state']): PairingHeartbeat {
  if (state.type === 'Errored') return { err: state.error.message };
  if (state.type === 'Aborted') return { err: 'aborted' };
  return { suppAuthorized: ['PendingLocalConfirmation', 'AuthorizingConfirmed', 'Completed'].includes(state.type) };
}
