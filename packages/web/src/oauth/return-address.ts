import type { ClientInformation, ReturnAddress } from './oauth-request.js';

/**
 * Nobody is sent to a URL that would run in our own origin or show what a stranger wrote as if it were ours, and nobody
 * can be sent to a `urn:`, which is a name for browsers that listen to the page.
 */
const UNSAFE_SCHEMES = ['javascript:', 'data:', 'blob:', 'vbscript:', 'file:', 'urn:'];

/**
 * Where this application may be answered: the registered URI that the request names character by character, or the first
 * registered one (oauth-devices §1.5). Undefined where none is right: then nothing may be sent anywhere.
 */
export function returnAddress(
  query: URLSearchParams,
  client: ClientInformation,
  issuer: string,
): ReturnAddress | undefined {
  const registered = (client.redirect_uri ?? '').split(',');
  const asked = query.getAll('redirect_uri');
  if (asked.length > 1) return undefined;
  const redirectUri = asked.length === 0 ? registered[0] : registered.find((uri) => uri === asked[0]);
  if (redirectUri === undefined || !isSafe(redirectUri)) return undefined;
  return {
    redirectUri,
    state: query.get('state') ?? undefined,
    issuer,
    takesErrors: query.get('return_on_error') !== 'false',
  };
}

/** The URL that tells an application an error (RFC 6749 §4.1.2.1); what its redirect URI already holds stays as it is. */
export function errorUrl(address: ReturnAddress, error: string): string {
  return answerUrl(address, { error });
}

/** The URL that delivers a code which another device has asked for (RFC 6749 §4.1.2). */
export function codeUrl(address: ReturnAddress, code: string): string {
  return answerUrl(address, { code });
}

function answerUrl({ redirectUri, state, issuer }: ReturnAddress, content: Readonly<Record<string, string>>): string {
  const answer = new URLSearchParams({ ...content, ...(state !== undefined && { state }), iss: issuer });
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${answer}`;
}

/**
 * The server's redirect; without the empty state that stands for none.
 * @throws TypeError when it leads where nobody may be sent
 */
export function successUrl(redirect: string, state: string | undefined): string {
  if (!isSafe(redirect)) throw new TypeError('the server sends people to an unsafe URL');
  if (state !== undefined) return redirect;
  const url = new URL(redirect);
  url.searchParams.delete('state');
  return url.href;
}

/** Whether somebody may be sent to a URL, wherever it comes from. */
export function isSafe(text: string): boolean {
  return URL.canParse(text) && !UNSAFE_SCHEMES.includes(new URL(text).protocol);
}
