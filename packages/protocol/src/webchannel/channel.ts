/** The one channel between a page of the accounts server and the browser that shows it (webchannel §1.1). */
export const WEBCHANNEL_ID = 'account_updates';

/** Type of the DOM event by which a page speaks to its browser. */
export const WEBCHANNEL_TO_BROWSER = 'WebChannelMessageToChrome';
/** Type of the DOM event by which the browser answers. */
export const WEBCHANNEL_TO_PAGE = 'WebChannelMessageToContent';

/** Where a browser that listens to the page gets its authorization code: a name, not an address (webchannel §5.2). */
export const WEBCHANNEL_REDIRECT_URI = 'urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel';

/** Values of the `context` parameter by which a browser says that it listens (webchannel §11). */
export const CONTEXT_DESKTOP_V3 = 'fx_desktop_v3';
export const CONTEXT_OAUTH_WEBCHANNEL = 'oauth_webchannel_v1';
export type BrowserContext = typeof CONTEXT_DESKTOP_V3 | typeof CONTEXT_OAUTH_WEBCHANNEL;

/** What travels in both directions, in an envelope `{id, message}` that names the channel. */
export interface WebChannelMessage {
  readonly command?: string | undefined;
  /** Decimal digits; iOS sends them back as a number, errors of the channel itself carry none. */
  readonly messageId?: string | number | undefined;
  readonly data?: unknown;
  /** Set when the channel itself refuses: 2 for a page that is not its own, 999 for a failure inside. */
  readonly errno?: number | undefined;
  readonly error?: unknown;
}

/** `errno` of the channel towards a page whose origin is not the one it is bound to (webchannel §1.2). */
export const WEBCHANNEL_ERRNO_NO_CHANNEL = 2;

/**
 * The message in the detail of an event of either direction, whether it came as text or as an object; undefined when it
 * is not one of this channel.
 */
export function readWebChannelDetail(detail: unknown): WebChannelMessage | undefined {
  const envelope = typeof detail === 'string' ? parse(detail) : detail;
  if (!isObject(envelope) || envelope['id'] !== WEBCHANNEL_ID || !isObject(envelope['message'])) return undefined;
  return envelope['message'];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
