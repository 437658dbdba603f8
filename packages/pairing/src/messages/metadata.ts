import { type Members, membersOf, optionalTexts } from './reading.js';

/** What the pairing server saw of the sender of a message (OAuth §6.1); for people to look at, not to rely on. */
export interface RemoteMetadata {
  /** The User-Agent header. */
  readonly ua?: string;
  readonly city?: string;
  readonly region?: string;
  readonly country?: string;
  readonly ipAddress?: string;
}

/** What an authority tells of itself, data of `pair:auth:metadata` (OAuth §6.4). */
export interface AuthorityMetadata {
  readonly email?: string;
  /** a URL */
  readonly avatar?: string;
  readonly displayName?: string;
  readonly deviceName?: string;
}

/**
 * What the envelope of a message says of its sender (OAuth §6.1).
 * @throws PairingError `malformed` when it says nothing: every server does
 */
export function readRemoteMetadata(sender: unknown): RemoteMetadata {
  const members = membersOf(sender, 'the sender');
  const { remote: ipAddress, ...rest } = optionalTexts(members, {
    ua: 512,
    remote: 64,
    city: 255,
    region: 255,
    country: 255,
  });
  return ipAddress === undefined ? rest : { ...rest, ipAddress };
}

/** The data of `pair:auth:metadata`; all of it may be missing. */
export function readAuthorityMetadata(data: Members): AuthorityMetadata {
  return optionalTexts(data, { email: 255, avatar: 2048, displayName: 255, deviceName: 255 });
}
