import { destroySession, duplicateSession } from '@foxden/auth-client';
import {
  type BrowserUser,
  bytesToHex,
  CONTEXT_DESKTOP_V3,
  SCOPE_PROFILE,
  WEBCHANNEL_REDIRECT_URI,
} from '@foxden/protocol';
import { type PageChannel, WebChannelError } from '@foxden/webchannel';
import type { StoredAccount } from '../account/stored-account.js';
import { leadBack, tellRefusal } from '../flow/refusal.js';
import { entryPath, showStep } from '../flow/steps.js';
import { message } from '../messages/message.js';
import { fetchCode } from '../oauth/authorize.js';
import type { OAuthRequest } from '../oauth/oauth-request.js';
import type { PlaceState } from '../routing/navigation.js';
import type { Services } from '../services.js';
import type { SyncAnswer } from './browser-flow.js';
import type { Linking } from './linking.js';
import { type ServiceMembers, type SyncSituation, serviceMembers } from './sync-question.js';

interface To {
  readonly channel: PageChannel;
  readonly user: BrowserUser | undefined;
  readonly linking: Linking;
  /** The session tokens that the browser was told of. */
  readonly held: Set<string>;
  readonly sync: { readonly situation: SyncSituation; readonly answer: SyncAnswer | undefined };
}

/**
 * Signs the browser in, once everything is asked and confirmed, and shows how that went (bug 1577690, step 5;
 * webchannel §5.1, §5.2, §12). Gives whether it is signed in.
 */
export async function signInBrowser(services: Services, account: StoredAccount, to: To): Promise<boolean> {
  const { navigation, flow } = services;
  const { user, linking, sync } = to;
  // A browser that is told of somebody else's session would sign the one it has out (webchannel §9.4).
  if (user !== undefined && user.uid !== account.uid) return fail(services, 'failure-browser-taken');
  try {
    if (!(await linking.ask(account))) return await stepBack(services, account);
    const members = serviceMembers(sync.situation, sync.answer);
    const mine = await ownSession(services, account, to);
    await tellLogin(services, mine, to, members);
    if (flow.oauth !== undefined) await tellCode(services, mine, flow.oauth.request, to, members);
    navigation.go('/connect_another_device', { outcome: outcomeOf(sync) }, { replace: true });
    return true;
  } catch (error) {
    if (error instanceof WebChannelError) return fail(services, 'failure-browser');
    if (!leadBack(services, error)) tellRefusal(services, error);
    return false;
  }
}

/** What is said of Sync afterwards: nothing where the sign-in was not about it. */
function outcomeOf({ situation, answer }: To['sync']): NonNullable<PlaceState['outcome']> {
  const { service, isReturning } = situation;
  if (isReturning || (service !== undefined && service !== 'sync')) return 'signed-in';
  return answer === 'no-sync' ? 'not-syncing' : 'syncing';
}

/**
 * The session to hand over. Browsers that cannot tell accounts apart by uid end the session that they have when they are
 * told of it once more, so they get another (webchannel §5.1).
 */
async function ownSession(services: Services, account: StoredAccount, { held, sync }: To): Promise<StoredAccount> {
  const keepsItsOwn = sync.situation.capabilities.can_link_account_uid === true;
  if (keepsItsOwn || !held.has(account.sessionToken)) return account;
  const { sessionToken } = await duplicateSession(services.client, account.sessionToken);
  const mine = { ...account, sessionToken };
  services.accounts.set(mine);
  return mine;
}

async function tellLogin(
  { visit }: Services,
  { email, uid, sessionToken }: StoredAccount,
  { channel, held, sync }: To,
  { login }: ServiceMembers,
): Promise<void> {
  const { context, capabilities } = sync.situation;
  const isV3 = context === CONTEXT_DESKTOP_V3;
  const access = isV3 ? visit.keyAccess(uid) : undefined;
  const keys =
    access === undefined ? {} : { keyFetchToken: access.keyFetchToken, unwrapBKey: bytesToHex(access.unwrapBKey) };
  const data = { email, uid, sessionToken, verified: true, ...keys, ...login };
  held.add(sessionToken);
  // Mobile browsers take it without a word.
  if (isV3 || capabilities.multiService === true) await channel.ask('fxaccounts:login', data);
  else channel.tell('fxaccounts:login', data);
}

async function tellCode(
  { client, visit }: Services,
  account: StoredAccount,
  request: OAuthRequest,
  { channel, sync }: To,
  { oauthLogin }: ServiceMembers,
): Promise<void> {
  const { capabilities, isNew } = sync.situation;
  const { code, scope } = await fetchCode(
    client,
    account,
    visit,
    visit.hasKeys(account.uid) ? request : keyless(request),
  );
  const data = {
    action: isNew ? 'signup' : 'signin',
    code,
    state: request.state ?? '',
    redirect: WEBCHANNEL_REDIRECT_URI,
    scope,
    ...oauthLogin,
  } as const;
  if (capabilities.multiService === true) await channel.ask('fxaccounts:oauth_login', data);
  else channel.tell('fxaccounts:oauth_login', data);
}

/** For a service that needs no keys, by somebody who was not asked for the password. */
const keyless = (request: OAuthRequest): OAuthRequest => ({ ...request, scope: [SCOPE_PROFILE], keysJwk: undefined });

/** The person does not want the account in this browser: the session that was made for it goes too. */
async function stepBack(services: Services, account: StoredAccount): Promise<false> {
  const { accounts, client, visit } = services;
  if (visit.isProved(account.uid)) {
    accounts.set(undefined);
    visit.forget();
    await destroySession(client, account.sessionToken).catch(() => undefined);
  }
  showStep(services, 'enter-email', { notice: message('notice-not-linked') });
  return false;
}

function fail(services: Services, id: string): false {
  services.navigation.go(entryPath(services), { page: 'finish', notice: message(id) }, { replace: true });
  return false;
}
