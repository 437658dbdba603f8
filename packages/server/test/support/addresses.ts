import { recoveryEmailCreate, recoveryEmailSecondaryVerifyCode } from '@foxden/protocol';
import type { TestServer } from './test-server.js';

/** Gives the account of a verified session another address, and proves it with the mailed digits. */
export async function addSecondary(server: TestServer, sessionToken: string, email: string): Promise<void> {
  const token = ['sessionToken', sessionToken] as const;
  await server.ok(recoveryEmailCreate, { token, body: { email } });
  const code = (await server.mail(email)).headers['x-verify-short-code'] ?? '';
  await server.ok(recoveryEmailSecondaryVerifyCode, { token, body: { email, code } });
}
