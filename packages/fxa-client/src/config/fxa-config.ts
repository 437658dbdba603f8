import { FxaError } from '../errors/fxa-error.js';
import { safeUrl } from '../errors/safe-url.js';
import { contentUrl, type FxaServer } from './fxa-server.js';

/** What an application is at its accounts server (client §1.1). */
export interface FxaConfig {
  readonly server: FxaServer;
  /** hex, 16 digits */
  readonly clientId: string;
  /** As it is registered, or {@link WEB_CHANNEL_REDIRECT_URI}. */
  readonly redirectUri: string;
  /** A Sync token server to name instead of the one that the accounts server announces. */
  readonly tokenServerUrlOverride?: string | null | undefined;
}

/** The redirect of a browser that gets the code by message instead (client §1.1). */
export const WEB_CHANNEL_REDIRECT_URI = 'urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel';
/** What its URLs carry in place of a redirect (client §6.1). */
export const WEB_CHANNEL_CONTEXT = 'oauth_webchannel_v1';

/** A configuration as it is stored (client §5.1). */
export interface StoredConfig {
  readonly content_url: string;
  readonly token_server_url_override: string | null;
  readonly client_id: string;
  readonly redirect_uri: string;
}

const SYNC_PATH = '/1.0/sync/1.5';

export function toStoredConfig(config: FxaConfig): StoredConfig {
  return {
    content_url: contentUrl(config.server),
    token_server_url_override: withoutSyncPath(config.tokenServerUrlOverride ?? null),
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
  };
}

/** Operators write the address of the token server with or without the path of its protocol. */
function withoutSyncPath(url: string | null): string | null {
  return url?.endsWith(SYNC_PATH) === true ? withoutSyncPath(url.slice(0, -SYNC_PATH.length)) : url;
}

/**
 * A page of the server. A content URL with a path is one with a slash at its end, so that no part of it is lost.
 * @throws FxaError `Other` when the content URL is none
 */
export function pageUrl({ content_url }: StoredConfig, path: string): URL {
  return parseUrl(path, content_url.endsWith('/') ? content_url : `${content_url}/`);
}

/** @throws FxaError `Other` when the text is no URL; its message shows nothing behind `?` or `#` */
export function parseUrl(text: string, base?: string): URL {
  if (!URL.canParse(text, base)) throw new FxaError('Other', `Not a URL: ${safeUrl(text)}`);
  return new URL(text, base);
}
