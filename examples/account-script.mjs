// A script that acts for a person: it signs in once, keeps the account in a file, and from then on gets its own tokens.
// Register it, then run it, and again:
//   foxden client add "My script" --public --trusted --redirect-uri http://127.0.0.1:4001/signed-in
//   FOXDEN_URL=http://127.0.0.1:3030 CLIENT_ID=… node examples/account-script.mjs
import * as files from 'node:fs/promises';
import { createServer } from 'node:http';
import { FirefoxAccount, fileStorage } from '@foxden/fxa-client';

const { FOXDEN_URL = 'http://127.0.0.1:3030', CLIENT_ID = '', PORT = '4001', FILE = 'account.json' } = process.env;
const redirectUri = `http://127.0.0.1:${PORT}/signed-in`;

const config = { server: { Custom: FOXDEN_URL }, clientId: CLIENT_ID, redirectUri };
const account = await FirefoxAccount.load(config, { storage: fileStorage(files, FILE) });
await account.processEvent({
  type: 'Initialize',
  deviceConfig: { name: 'My script', deviceType: 'Desktop', capabilities: [] },
});

if (!account.hasScope('profile')) {
  const state = await account.processEvent({ type: 'BeginOAuthFlow', scopes: ['profile'], entrypoint: 'script' });
  if (state.type !== 'Authenticating') throw account.getLastFailure();
  console.log(`Open ${state.oauthUrl}`);
  await account.processEvent({ type: 'CompleteOAuthFlow', ...(await redirected()) });
}

const { email } = await account.getProfile();
console.log(`Signed in as ${email}`);

/** What the person's browser brings back. */
function redirected() {
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url, redirectUri);
      response.writeHead(200, { 'Content-Type': 'text/plain', Connection: 'close' }).end('You can close this page.');
      if (!searchParams.has('code')) return;
      server.close();
      resolve({ code: searchParams.get('code'), state: searchParams.get('state') });
    });
    server.listen(Number(PORT), '127.0.0.1');
  });
}
