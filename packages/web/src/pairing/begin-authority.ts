import { getClient, getSessionStatus, isAuthError } from '@foxden/auth-client';
import type { BrowserUser } from '@foxden/protocol';
import { keepAccount } from '../account/keep-account.js';
import type { Beginning } from '../flow/begin.js';
import type { Flow } from '../flow/flow.js';
import type { Problem } from '../flow/problem.js';
import { mayPair } from './allowed.js';
import type { PairingSurroundings } from './surroundings.js';

/**
 * Begins what a browser has opened the page for when another device has scanned its code (oauth-devices §6.4, step 5;
 * webchannel §7): the browser must be signed in as the person that it names, and it is its own session that is to be
 * proven, since the code for the other device is asked for with that.
 * @throws WebChannelError, AuthClientError
 */
export async function beginAuthority(
  surroundings: PairingSurroundings,
  flow: Flow,
  query: URLSearchParams,
): Promise<Beginning> {
  const { client, config, openChannel } = surroundings;
  const clientId = (query.get('client_id') ?? '').toLowerCase();
  const channelId = query.get('channel_id') ?? '';
  if (!/^[0-9a-f]{16}$/.test(clientId)) return problem({ kind: 'unknown-application' });
  if (!/^[\w-]{22}$/.test(channelId) || hasTwice(query)) return problem({ kind: 'pairing-malformed' });
  const channel = await openChannel();
  if (channel === undefined) return problem({ kind: 'no-browser' });
  const { signedInUser: user } = await channel.ask('fxaccounts:fxa_status', { isPairing: true });
  const refuse = (of: Problem): Beginning => {
    // The other device need not wait for somebody who will never be asked.
    channel.tell('fxaccounts:pair_decline', { channel_id: channelId });
    return problem(of);
  };
  if (!mayPair(config, clientId)) return refuse({ kind: 'pairing-not-allowed' });
  if (!user?.sessionToken || user.uid !== query.get('uid')) return refuse({ kind: 'pairing-signed-out' });
  const information = await getClient(client, clientId);
  if (!(await useSession(surroundings, user, user.sessionToken))) return refuse({ kind: 'pairing-signed-out' });
  const pairing = { side: 'authority', channel, channelId, application: information.name } as const;
  return { kind: 'flow', flow: { ...flow, hint: user.email, emailLocked: true, pairing } };
}

/** Makes the browser's session that of the pages; gives whether it still lives. */
async function useSession(
  { client, accounts }: PairingSurroundings,
  { uid, email }: BrowserUser,
  sessionToken: string,
): Promise<boolean> {
  try {
    const status = await getSessionStatus(client, sessionToken);
    if (status.uid !== uid) return false;
  } catch (error) {
    if (isAuthError(error, 'INVALID_TOKEN')) return false;
    throw error;
  }
  const isKept = accounts.get()?.sessionToken === sessionToken;
  // When its password was proved is not known here.
  if (!isKept) keepAccount({ accounts, client }, { uid, email, sessionToken, authAt: 0 });
  return true;
}

const hasTwice = (query: URLSearchParams): boolean => new Set(query.keys()).size !== query.size;

const problem = (of: Problem): Beginning => ({ kind: 'problem', problem: of });
