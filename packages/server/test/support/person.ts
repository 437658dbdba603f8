import {
  accountCreate,
  accountKeys,
  accountLogin,
  bytesToHex,
  createClientSalt,
  createCredentialSet,
  deriveToken,
  hexToBytes,
  openKeyBundle,
  type ResponseOf,
  sessionVerifyCode,
  stretchPasswordV1,
  stretchPasswordV2,
  unwrapKb,
} from '@foxden/protocol';
import type { TestServer } from './test-server.js';

export const PASSWORD = 'correct horse battery staple';

/** hex authPW of version 1 */
export async function authPWOf(email: string, password = PASSWORD): Promise<string> {
  return bytesToHex((await stretchPasswordV1(email, password)).authPW);
}

/** Creates an account with version 1 credentials and confirms it with the mailed digits. */
export async function signUp(
  server: TestServer,
  email: string,
  options: { password?: string; keys?: boolean; confirm?: boolean } = {},
): Promise<ResponseOf<typeof accountCreate>> {
  const answer = await server.ok(accountCreate, {
    query: { keys: options.keys === true ? 'true' : 'false' },
    body: {
      email,
      authPW: await authPWOf(email, options.password),
      verificationMethod: 'email-otp',
    },
  });
  if (options.confirm !== false) await confirm(server, email, answer.sessionToken);
  return answer;
}

/** Creates an account with both versions of credentials for a given kB, and confirms it. */
export async function signUpVersion2(
  server: TestServer,
  email: string,
  kB: Uint8Array,
  password = PASSWORD,
): Promise<ResponseOf<typeof accountCreate>> {
  const clientSalt = createClientSalt(new Uint8Array(16).fill(7));
  const credentials = await createCredentialSet({ email, password, clientSalt, kB });
  const answer = await server.ok(accountCreate, {
    query: { keys: 'true' },
    body: { email, ...credentials, verificationMethod: 'email-otp' },
  });
  await confirm(server, email, answer.sessionToken);
  return answer;
}

/** Enters the newest mailed digits. */
export async function confirm(server: TestServer, email: string, sessionToken: string): Promise<void> {
  const { headers } = await server.mail(email);
  const code = headers['x-verify-short-code'] ?? headers['x-signin-verify-code'] ?? '';
  await server.ok(sessionVerifyCode, { token: ['sessionToken', sessionToken], body: { code } });
}

export async function signIn(
  server: TestServer,
  email: string,
  options: { password?: string; keys?: boolean } = {},
): Promise<ResponseOf<typeof accountLogin>> {
  return server.ok(accountLogin, {
    query: { keys: options.keys === true ? 'true' : 'false' },
    body: { email, authPW: await authPWOf(email, options.password), verificationMethod: 'email-otp', reason: 'signin' },
  });
}

/** kA and kB (hex) that a keyFetchToken buys, with the unwrapBKey of the version it was issued for. */
export async function fetchKeys(
  server: TestServer,
  keyFetchToken: string | undefined,
  unwrapBKey: Uint8Array,
): Promise<{ kA: string; kB: string }> {
  if (keyFetchToken === undefined) throw new Error('no keyFetchToken');
  const { bundle } = await server.ok(accountKeys, { token: ['keyFetchToken', keyFetchToken] });
  const { bundleKey } = await deriveToken('keyFetchToken', hexToBytes(keyFetchToken));
  const { kA, wrapKb } = await openKeyBundle(bundleKey, hexToBytes(bundle));
  return { kA: bytesToHex(kA), kB: bytesToHex(unwrapKb(wrapKb, unwrapBKey)) };
}

export async function unwrapBKeyV1(email: string, password = PASSWORD): Promise<Uint8Array> {
  return (await stretchPasswordV1(email, password)).unwrapBKey;
}

export async function unwrapBKeyV2(clientSalt: string, password = PASSWORD): Promise<Uint8Array> {
  return (await stretchPasswordV2(clientSalt, password)).unwrapBKey;
}
