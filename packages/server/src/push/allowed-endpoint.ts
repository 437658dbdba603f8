/** The push service of Firefox and its two for tests (oauth-devices §3.1). */
const PUBLIC_HOSTS = ['.services.mozilla.com', 'autopush.dev.mozaws.net', 'autopush.stage.mozaws.net'];

/** A character that URL parsers read in different ways could name another host to the one that sends. */
const PLAIN_URL = /^https?:\/\/[\x21-\x5b\x5d-\x7e]+$/;

/** How an endpoint comes to be allowed: its origin is named in the settings, or it is of a public service. */
export type Allowance = 'named' | 'public';

/**
 * Whether messages may be sent to an endpoint, and why. The server itself calls it, so a browser may not name just any.
 * @param named origins of the setting `pushOrigins`
 */
export function allowanceOf(endpoint: string, named: readonly string[]): Allowance | undefined {
  if (!PLAIN_URL.test(endpoint) || !URL.canParse(endpoint)) return undefined;
  const { origin, protocol, hostname, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return undefined;
  if (named.includes(origin)) return 'named';
  return protocol === 'https:' && PUBLIC_HOSTS.some((end) => hostname.endsWith(end)) ? 'public' : undefined;
}

export function isAllowedEndpoint(endpoint: string, named: readonly string[]): boolean {
  return allowanceOf(endpoint, named) !== undefined;
}
