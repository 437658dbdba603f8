import { PairingError } from './error.js';

/** Where a channel is and what opens it: the secret that one device shows and the other scans. */
export interface ChannelAddress {
  /** base64url, 22 characters */
  readonly channelId: string;
  /** base64url, 43 characters: 32 bytes */
  readonly channelKey: string;
}

export const CHANNEL_ID = /^[A-Za-z0-9_-]{22}$/;
// The last of 43 characters carries four bits of a byte.
const CHANNEL_KEY = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/**
 * What an authority shows as a QR code: its fragment, which no server sees, holds the channel (OAuth §6.3).
 * @param contentUrl where the pages are, with or without a slash at its end
 */
export function pairingUrl(contentUrl: string, { channelId, channelKey }: ChannelAddress): string {
  const url = new URL('pair', contentUrl.endsWith('/') ? contentUrl : `${contentUrl}/`);
  url.hash = new URLSearchParams({ channel_id: channelId, channel_key: channelKey }).toString();
  return url.href;
}

/**
 * The channel in the fragment of a pairing URL, also of the supplicant's page (OAuth §6.3). Whether the URL is of the
 * right server is for the caller to say.
 * @throws PairingError `malformed`
 */
export function readPairingUrl(url: string): ChannelAddress {
  if (!URL.canParse(url)) throw new PairingError('malformed', 'the pairing URL is no URL');
  const fragment = new URLSearchParams(new URL(url).hash.slice(1));
  return checkAddress({
    channelId: fragment.get('channel_id') ?? '',
    channelKey: fragment.get('channel_key') ?? '',
  });
}

/**
 * Checks an address and hands it on.
 * @throws PairingError `malformed`; it shows nothing of the key
 */
export function checkAddress(address: ChannelAddress): ChannelAddress {
  if (!CHANNEL_ID.test(address.channelId) || !CHANNEL_KEY.test(address.channelKey)) {
    throw new PairingError('malformed', 'this is the address of no channel');
  }
  return address;
}
