import {
  type CredentialSet,
  createClientSalt,
  createCredentialSet,
  createRecoveryKey,
  deriveToken,
  hexToBytes,
  passwordChangeStart,
  passwordForgotSendOtp,
  passwordForgotVerifyCode,
  passwordForgotVerifyOtp,
  type ResponseOf,
  recoveryKeyCreate,
  recoveryKeyId,
  sealRecoveryData,
} from '@foxden/protocol';
import { authPWOf, fetchKeys, PASSWORD, signIn, unwrapBKeyV1 } from './person.js';
import type { TestServer } from './test-server.js';

export const NEW_PASSWORD = 'a different password';

/** Both versions of credentials that open to kB (hex). */
export function credentialsOf(email: string, password: string, kB: string): Promise<CredentialSet> {
  const clientSalt = createClientSalt(new Uint8Array(16).fill(3));
  return createCredentialSet({ email, password, clientSalt, kB: hexToBytes(kB) });
}

/** How some bodies name a session. */
export async function tokenIdOf(sessionToken: string): Promise<string> {
  return (await deriveToken('sessionToken', hexToBytes(sessionToken))).tokenId;
}

/** The first step of a password change, in a session. */
export async function startChange(
  server: TestServer,
  email: string,
  sessionToken: string,
  password = PASSWORD,
): Promise<ResponseOf<typeof passwordChangeStart>> {
  return server.ok(passwordChangeStart, {
    token: ['sessionToken', sessionToken],
    body: { email, oldAuthPW: await authPWOf(email, password) },
  });
}

/** kA and kB (hex) of a version 1 account, by signing in as a known device does. */
export async function keysOf(
  server: TestServer,
  email: string,
  password = PASSWORD,
): Promise<{ kA: string; kB: string }> {
  const { keyFetchToken } = await signIn(server, email, { password, keys: true });
  return fetchKeys(server, keyFetchToken, await unwrapBKeyV1(email, password));
}

/** The digits of the newest mail that begins a reset. */
export async function mailedOtp(server: TestServer, email: string): Promise<string> {
  return (await server.mail(email)).headers['x-password-forgot-otp'] ?? '';
}

/** A passwordForgotToken with its code, got with mailed digits. */
export async function beginReset(
  server: TestServer,
  email: string,
): Promise<ResponseOf<typeof passwordForgotVerifyOtp>> {
  await server.ok(passwordForgotSendOtp, { body: { email } });
  return server.ok(passwordForgotVerifyOtp, { body: { email, code: await mailedOtp(server, email) } });
}

/** An accountResetToken, got with mailed digits. */
export async function resetTokenFor(server: TestServer, email: string): Promise<string> {
  const { token, code } = await beginReset(server, email);
  const { accountResetToken } = await server.ok(passwordForgotVerifyCode, {
    token: ['passwordForgotToken', token],
    body: { code },
  });
  return accountResetToken;
}

/** A recovery key (bytes, 20) with what the server keeps of it. */
export async function recoveryKeyFor(
  uid: string,
  kB: string,
  fill = 9,
): Promise<{ key: Uint8Array; recoveryKeyId: string; recoveryData: string }> {
  const key = createRecoveryKey(new Uint8Array(20).fill(fill));
  return {
    key,
    recoveryKeyId: await recoveryKeyId(key, uid),
    recoveryData: await sealRecoveryData(key, uid, hexToBytes(kB), (length) => new Uint8Array(length).fill(fill)),
  };
}

/** Stores a recovery key for kB (hex), in a verified session. */
export async function storeRecoveryKey(
  server: TestServer,
  account: { readonly uid: string; readonly sessionToken: string },
  kB: string,
): Promise<{ key: Uint8Array; recoveryKeyId: string }> {
  const { key, recoveryKeyId: id, recoveryData } = await recoveryKeyFor(account.uid, kB);
  await server.ok(recoveryKeyCreate, {
    token: ['sessionToken', account.sessionToken],
    body: { recoveryKeyId: id, recoveryData },
  });
  return { key, recoveryKeyId: id };
}
