import type { BrowserFlow } from '../browser/browser-flow.js';
import type { ClientInformation, OAuthRequest, ReturnAddress } from '../oauth/oauth-request.js';
import type { PairingFlow } from '../pairing/pairing-flow.js';

/** What the address asks for. It is read once and holds for all steps, since every step keeps the query. */
export interface Flow {
  /** The address of the person that is meant (`email`, `login_hint`). */
  readonly hint: string | undefined;
  /** It must be the hinted person and no other (`force_auth`). */
  readonly emailLocked: boolean;
  /** Tag of what the account is used for, sent with sign-in and sign-up. */
  readonly service: string | undefined;
  readonly oauth: OAuthFlow | undefined;
  /** The browser that shows this page waits to be signed in; the request, if there is one, is its own. */
  readonly browser: BrowserFlow | undefined;
  /** One device lets another join. */
  readonly pairing: PairingFlow | undefined;
}

/** Whether the flow is for end-to-end keys, which take the password and a confirmed session. */
export function wantsKeys({ browser, oauth }: Flow): boolean {
  return browser !== undefined || oauth?.request.keysJwk !== undefined;
}

/** An application waits for an answer. */
export interface OAuthFlow {
  readonly request: OAuthRequest;
  readonly client: ClientInformation;
  readonly returnAddress: ReturnAddress;
}

/** Whether an address begins or continues an application's request (oauth-devices §1.5). */
export function asksForCode(path: string, query: URLSearchParams): boolean {
  return path === '/authorization' || path === '/oauth' || path.startsWith('/oauth/') || query.has('client_id');
}

/** Whether an address is for one person, whom it must name (`email`). */
export function namesPerson(path: string, query: URLSearchParams): boolean {
  return path.endsWith('/force_auth') || query.get('action') === 'force_auth';
}

/** Whether an address is for making an account (`action=signup`, as applications write it). */
export function asksToSignUp(path: string, query: URLSearchParams): boolean {
  if (path.endsWith('/signin')) return false;
  return path.endsWith('/signup') || query.get('action') === 'signup';
}

/** The flow of an address, without what an application asks for. */
export function readFlow(path: string, query: URLSearchParams): Flow {
  const hint = query.get('email') ?? query.get('login_hint') ?? '';
  const service = query.get('client_id') ?? query.get('service') ?? '';
  return {
    hint: hint === '' || hint === 'blank' ? undefined : hint,
    emailLocked: namesPerson(path, query) && hint !== '',
    service: /^[a-zA-Z0-9-]{1,16}$/.test(service) ? service : undefined,
    oauth: undefined,
    browser: undefined,
    pairing: undefined,
  };
}
