import { bytesToBase64 } from '../bytes/base64.js';
import { utf8 } from '../bytes/bytes.js';
import { hmacSha256 } from '../bytes/digests.js';

/** Where a request goes, in the words of the public URL. */
export interface HawkTarget {
  readonly host: string;
  readonly port: number;
  /** path and query */
  readonly resource: string;
}

/** Everything the MAC covers. */
export interface HawkArtifacts extends HawkTarget {
  readonly method: string;
  readonly ts: string;
  readonly nonce: string;
  readonly hash?: string | undefined;
  readonly ext?: string | undefined;
  readonly app?: string | undefined;
  readonly dlg?: string | undefined;
}

/**
 * Host, port (80 or 443 when the URL names none) and resource of a public URL (auth API §2.1).
 * @throws TypeError when a text is no URL
 */
export function hawkTarget(url: string | URL): HawkTarget {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const defaultPort = protocol === 'http:' ? 80 : 443;
  return { host: hostname, port: port === '' ? defaultPort : Number(port), resource: pathname + search };
}

/** The text under the MAC (auth API §2.1). */
export function hawkNormalizedString(artifacts: HawkArtifacts): string {
  const { ts, nonce, method, resource, host, port, hash = '', ext = '', app, dlg = '' } = artifacts;
  const lines = [ts, nonce, method.toUpperCase(), resource, host.toLowerCase(), port, hash, ext];
  return `hawk.1.header\n${[...lines, ...(app === undefined ? [] : [app, dlg])].join('\n')}\n`;
}

/** The MAC of a request, base64 (auth API §2.1). `key` is the token's reqHMACkey, as bytes. */
export async function computeHawkMac(key: Uint8Array, artifacts: HawkArtifacts): Promise<string> {
  return bytesToBase64(await hmacSha256(key, utf8(hawkNormalizedString(artifacts))));
}
