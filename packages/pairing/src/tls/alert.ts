/** The alerts that this subset sends, and `close_notify` (RFC 8446 §6). */
export const ALERTS = {
  close_notify: 0,
  unexpected_message: 10,
  bad_record_mac: 20,
  record_overflow: 22,
  handshake_failure: 40,
  illegal_parameter: 47,
  decode_error: 50,
  decrypt_error: 51,
  protocol_version: 70,
  internal_error: 80,
  missing_extension: 109,
  unsupported_extension: 110,
  unknown_psk_identity: 115,
} as const;

export type AlertName = keyof typeof ALERTS;

const WARNING = 1;
const FATAL = 2;

/** What ended the protocol: an alert of this end, or one that the other end sent. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  /** Its name; a number where this subset has no name for it. */
  readonly alert: AlertName | number;
  readonly isOfPeer: boolean;

  constructor(alert: AlertName | number, isOfPeer = false, options?: ErrorOptions) {
    super(isOfPeer ? `the other side says ${alert}` : String(alert), options);
    this.alert = alert;
    this.isOfPeer = isOfPeer;
  }
}

/** The content of an alert record. */
export function writeAlert(alert: AlertName): Uint8Array {
  return Uint8Array.of(alert === 'close_notify' ? WARNING : FATAL, ALERTS[alert]);
}

/**
 * What an alert record says.
 * @throws TlsError when it is no alert, or a good-bye that calls itself fatal
 */
export function readAlert(content: Uint8Array): AlertName | number {
  const [level, description] = content;
  if (content.length !== 2 || description === undefined) throw new TlsError('decode_error');
  if (description === ALERTS.close_notify && level !== WARNING) throw new TlsError('illegal_parameter');
  const known = Object.entries(ALERTS).find(([, number]) => number === description);
  return known === undefined ? description : (known[0] as AlertName);
}
