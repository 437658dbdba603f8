// People on our server, signed up over HTTP as anybody is.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { bearerCredential, deriveToken, hexToBytes } from '@foxden/protocol';

/** The client of the account pages: public, with opaque access tokens. */
export const OPAQUE_CLIENT = 'ea3ca969f8c6bb0d';
/** The client of the settings pages: public, with JWT access tokens (RS256). */
export const JWT_CLIENT = '98e6508e88680e1a';

/**
 * Signs a person up and confirms the address with the mailed digits.
 * @returns email, authPW (hex; random, since the bench needs no password behind it), sessionToken and an Authorization header
 */
export async function signUp({ url, mailboxUrl }, name) {
  const email = `${name}@example.com`;
  const authPW = randomBytes(32).toString('hex');
  const { sessionToken } = await post(`${url}/v1/account/create`, { email, authPW, verificationMethod: 'email-otp' });
  const { tokenId } = await deriveToken('sessionToken', hexToBytes(sessionToken));
  const authorization = bearerCredential('sessionToken', tokenId);
  await post(`${url}/v1/session/verify_code`, { code: await mailedCode(mailboxUrl, name) }, { authorization });
  return { email, authPW, sessionToken, authorization };
}

/** Mails are delivered in the background, a moment after the answer. */
async function mailedCode(mailboxUrl, name) {
  for (;;) {
    const mails = await (await fetch(`${mailboxUrl}/mail/${name}`)).json();
    if (mails.length > 0) return mails[0].headers['x-verify-short-code'];
    await sleep(5);
  }
}

/** Firefox for Android: public, and may exchange its refresh tokens for others. */
export const EXCHANGE_CLIENT = 'a2270f727f45f648';

/** Access and refresh token of a client, for a session. */
export function grant({ url }, { authorization }, clientId) {
  const body = { client_id: clientId, grant_type: 'fxa-credentials', scope: 'profile', access_type: 'offline' };
  return post(`${url}/v1/oauth/token`, body, { authorization });
}

async function post(url, body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${url}: ${JSON.stringify(answer)}`);
  return answer;
}
