import { type AuthClient, getClient } from '@foxden/auth-client';
import { CONTEXT_DESKTOP_V3, CONTEXT_OAUTH_WEBCHANNEL, type FxaStatus } from '@foxden/protocol';
import type { PageChannel } from '@foxden/webchannel';
import type { AccountStore } from '../account/stored-account.js';
import type { Beginning } from '../flow/begin.js';
import { checkRequest, withService } from '../flow/begin-request.js';
import type { Flow, OAuthFlow } from '../flow/flow.js';
import type { Problem } from '../flow/problem.js';
import { isSameAddress } from '../flow/situation.js';
import type { OAuthErrorCode } from '../oauth/error-codes.js';
import type { ReturnAddress } from '../oauth/oauth-request.js';
import { beginningFailure } from './beginning-failure.js';
import { askStatus, shareSession } from './browser-session.js';
import { createBrowserFlow } from './create-browser-flow.js';
import { createNewAccount } from './new-account.js';
import { restartedFlow } from './restart-flow.js';

/** What the beginning of a browser's flow stands on. */
export interface BrowserSurroundings {
  readonly client: AuthClient;
  readonly accounts: AccountStore;
  readonly channel: PageChannel | undefined;
  /** Of this tab. */
  readonly storage: Storage;
}

/**
 * Begins what a browser has opened the page for: asks it how things stand, checks its request, and takes over whom it is
 * signed in as (bug 1577690, steps 1 and 2; webchannel §3, §9.5).
 */
export async function beginBrowserFlow(
  surroundings: BrowserSurroundings,
  flow: Flow,
  query: URLSearchParams,
): Promise<Beginning> {
  const { channel, storage } = surroundings;
  const context = query.get('context');
  if (context !== CONTEXT_DESKTOP_V3 && context !== CONTEXT_OAUTH_WEBCHANNEL) return problem({ kind: 'old-browser' });
  // Without a browser around it, the page is as good as any; an OAuth request could only be answered to the browser.
  if (channel === undefined) {
    return context === CONTEXT_DESKTOP_V3 ? { kind: 'flow', flow } : problem({ kind: 'no-browser' });
  }
  const service = query.get('service') || undefined;
  try {
    const status = await askStatus(channel, service, context);
    const capabilities = status.capabilities ?? {};
    if (context === CONTEXT_DESKTOP_V3 && service !== 'sync' && capabilities.multiService !== true) {
      return problem({ kind: 'old-browser' });
    }
    const isOAuth = context === CONTEXT_OAUTH_WEBCHANNEL;
    const restarted = isOAuth ? await restartedFlow(channel, query, capabilities) : undefined;
    if (restarted !== undefined) return { kind: 'answer', url: `?${restarted}` };
    const oauth = isOAuth ? await browserRequest(surroundings.client, query, status) : undefined;
    if (oauth !== undefined && 'kind' in oauth) return problem(oauth);
    const user = status.signedInUser ?? undefined;
    if (user !== undefined && flow.hint !== undefined && !isSameAddress(flow.hint, user.email)) {
      return problem({ kind: 'browser-taken', email: user.email });
    }
    const isReturning = user !== undefined && !(await shareSession(surroundings, user));
    const browser = createBrowserFlow({
      channel,
      context,
      service,
      capabilities,
      user,
      isReturning,
      newAccount: createNewAccount(storage),
    });
    const person = user === undefined ? {} : { hint: user.email, emailLocked: true };
    return { kind: 'flow', flow: { ...flow, ...person, oauth, browser } };
  } catch (error) {
    return problem(beginningFailure(error));
  }
}

/** The code goes to the browser and to no address; nor do errors. */
const NOWHERE: ReturnAddress = { redirectUri: '', state: undefined, issuer: '', takesErrors: false };

/**
 * The browser's own request for a code. Where it leads needs no check: the code goes to the browser alone, which knows
 * whether it asked for it.
 */
export async function browserRequest(
  client: AuthClient,
  query: URLSearchParams,
  { clientId }: FxaStatus,
): Promise<OAuthFlow | Problem> {
  const asked = (query.get('client_id') ?? '').toLowerCase();
  const isItsOwn = clientId === undefined || clientId === asked;
  if (!/^[0-9a-f]{16}$/.test(asked) || query.getAll('client_id').length > 1 || !isItsOwn) {
    return { kind: 'unknown-application' };
  }
  const information = await getClient(client, asked);
  if (!information.trusted) return { kind: 'unknown-application' };
  const request = await checkRequest(query, information);
  const refused = (code: OAuthErrorCode): Problem => ({ kind: 'refused-request', code, application: information.name });
  if (typeof request === 'string') return refused(request);
  if (request.state === undefined || request.prompt === 'none') return refused('invalid_request');
  return {
    request,
    client: withService(information, request.service),
    returnAddress: NOWHERE,
  };
}

const problem = (of: Problem): Beginning => ({ kind: 'problem', problem: of });
