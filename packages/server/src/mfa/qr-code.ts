import { encode } from 'uqr';
import { png } from './png.js';

/** What an authenticator reads from a picture: Google Authenticator's key URI format, with SHA-1, six digits and 30 s. */
export function otpauthUri(issuer: string, email: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** A text as a QR code with its quiet zone (ISO/IEC 18004): data URL of a PNG. */
export function qrCodeUrl(text: string): string {
  const { data } = encode(text, { ecc: 'M', border: 4 });
  return `data:image/png;base64,${png(data, 5).toString('base64')}`;
}
