/** The `redirect_uri` of the page that a browser opens to have a pairing confirmed: a name, not an address (webchannel §7). */
export const PAIRING_AUTHORITY_REDIRECT_URI = 'urn:ietf:wg:oauth:2.0:oob:pair-auth-webchannel';

/** Which pairing of a browser is meant. */
export interface PairingReference {
  /** base64url, 22 characters */
  readonly channel_id: string;
}

/** The device that wants to join, as the channel server sees it; what is not known is missing. */
export interface SupplicantMetadata {
  /** Its user agent. */
  readonly ua?: string | undefined;
  readonly city?: string | undefined;
  readonly region?: string | undefined;
  readonly country?: string | undefined;
  readonly ipAddress?: string | undefined;
}

/** How a pairing stands. Both members are missing while a browser finds out that it has failed. */
export interface PairingHeartbeat {
  /** The person has agreed on the other device. */
  readonly suppAuthorized?: boolean | undefined;
  /** It has failed. */
  readonly err?: string | { readonly errno?: number; readonly message?: string } | undefined;
}
