import { signUp, verifySessionCode } from '@foxden/auth-client';
import { accountCreate, bytesToHex, stretchPasswordV1 } from '@foxden/protocol';
import type { AccountsServer } from './accounts-server.js';
import { newAddress, PASSWORD } from './people.js';

/** An account that exists and is confirmed, with credentials as they are now (2) or as older clients made them (1). */
export async function createAccountByApi(
  server: AccountsServer,
  version: 1 | 2 = 2,
): Promise<{ readonly email: string; readonly uid: string }> {
  const email = newAddress();
  const { uid, sessionToken } =
    version === 2 ? await signUp(server.client, { email, password: PASSWORD }) : await createV1(server, email);
  await verifySessionCode(server.client, sessionToken, { code: await server.code(email) });
  return { email, uid };
}

async function createV1(server: AccountsServer, email: string) {
  const authPW = bytesToHex((await stretchPasswordV1(email, PASSWORD)).authPW);
  return server.client.call(accountCreate, { body: { email, authPW, verificationMethod: 'email-otp' } });
}
