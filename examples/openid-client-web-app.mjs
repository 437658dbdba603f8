// A web application that signs people in with Foxden, through the library `openid-client`.
//   FOXDEN_URL=http://127.0.0.1:3030 CLIENT_ID=… CLIENT_SECRET=… PORT=4000 node examples/openid-client-web-app.mjs
import { createServer } from 'node:http';
import * as client from 'openid-client';

const { FOXDEN_URL = 'http://127.0.0.1:3030', CLIENT_ID = '', CLIENT_SECRET = '', PORT = '4000' } = process.env;
const origin = `http://127.0.0.1:${PORT}`;
const redirectUri = `${origin}/callback`;

const server = new URL(FOXDEN_URL);
// Plain http is for one's own machine only.
const options = server.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {};
const foxden = await client.discovery(server, CLIENT_ID, CLIENT_SECRET, undefined, options);

/** What belongs to each sign-in that has begun; an application with several processes keeps it in the person's session. */
const pending = new Map();

async function begin() {
  const codeVerifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  pending.set(state, { codeVerifier, nonce });
  return client.buildAuthorizationUrl(foxden, {
    redirect_uri: redirectUri,
    scope: 'openid profile:email',
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
}

async function finish(url) {
  const state = url.searchParams.get('state') ?? '';
  const begun = pending.get(state);
  pending.delete(state);
  if (begun === undefined) throw new Error('this sign-in did not begin here');
  const tokens = await client.authorizationCodeGrant(foxden, url, {
    pkceCodeVerifier: begun.codeVerifier,
    expectedState: state,
    expectedNonce: begun.nonce,
  });
  const subject = tokens.claims()?.sub ?? '';
  return client.fetchUserInfo(foxden, tokens.access_token, subject);
}

createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', origin);
  try {
    if (url.pathname === '/') {
      response.writeHead(302, { location: (await begin()).href }).end();
    } else if (url.pathname === '/callback') {
      const person = await finish(url);
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(`Hello ${person.email}`);
    } else {
      response.writeHead(404).end();
    }
  } catch (error) {
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error.message));
  }
}).listen(Number(PORT), '127.0.0.1', () => console.log(`Open ${origin}`));
