import {
  bytesToHex,
  type MfaAction,
  mfaOtpRequest,
  mfaOtpVerify,
  totpCreate,
  totpSetupComplete,
  totpSetupVerify,
} from '@foxden/protocol';
import { TOTP } from 'otpauth';
import type { TestServer } from './test-server.js';

/** What a person's authenticator shows; the library is not the server's. */
export function codeOf(secret: string, now: number): string {
  return new TOTP({ secret }).generate({ timestamp: now });
}

/** A code that is wrong now: no digit of it is the one of a code that would be accepted. */
export function wrongCode(secret: string, now: number): string {
  const near = [-30_000, 0, 30_000].map((shift) => codeOf(secret, now + shift));
  return Array.from({ length: 6 }, (_, i) => [...'0123456789'].find((d) => near.every((code) => code[i] !== d))).join(
    '',
  );
}

/** Turns two-step authentication on, in a session that is verified; gives the secret (base32). The clock moves on a step. */
export async function turnTotpOn(server: TestServer, sessionToken: string): Promise<string> {
  const token = ['sessionToken', sessionToken] as const;
  const { secret } = await server.ok(totpCreate, { token });
  await server.ok(totpSetupVerify, { token, body: { code: codeOf(secret, server.clock.now()) } });
  await server.ok(totpSetupComplete, { token });
  server.clock.advance(30_000);
  return secret;
}

/** The Authorization header of a step-up token. */
export async function stepUp(
  server: TestServer,
  email: string,
  sessionToken: string,
  action: MfaAction,
): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await stepUpToken(server, email, sessionToken, action)}` };
}

/** A step-up token, got with the mailed digits. */
export async function stepUpToken(
  server: TestServer,
  email: string,
  sessionToken: string,
  action: MfaAction,
): Promise<string> {
  const token = ['sessionToken', sessionToken] as const;
  await server.ok(mfaOtpRequest, { token, body: { action } });
  const code = await stepUpDigits(server, email);
  const { accessToken } = await server.ok(mfaOtpVerify, { token, body: { action, code } });
  return accessToken;
}

/** The digits of the newest mail that allows a change. */
export async function stepUpDigits(server: TestServer, email: string): Promise<string> {
  const { headers } = await server.mail(email);
  return headers['x-account-change-verify-code'] ?? '';
}

/** Base32 text as hex. */
export function secretHex(secret: string): string {
  return bytesToHex(new TOTP({ secret }).secret.bytes);
}
