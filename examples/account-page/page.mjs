// A web page that signs people in by itself, without a server of its own. Bundle it beside its index.html and serve both:
//   npx esbuild examples/account-page/page.mjs --bundle --format=esm --outfile=examples/account-page/page.js \
//     --define:SERVER='"http://127.0.0.1:3030"' --define:CLIENT_ID='"…"' --servedir=examples/account-page
// Its client is public, and its redirect is the address of the page.
import { FirefoxAccount, webStorage } from '@foxden/fxa-client';

const config = {
  server: { Custom: SERVER },
  clientId: CLIENT_ID,
  redirectUri: location.origin + location.pathname,
};
// The redirect leaves the page, so the flow has to outlive it.
const options = { storage: webStorage(localStorage), resumeFlows: true };
const account = await FirefoxAccount.load(config, options);
await account.processEvent({
  type: 'Initialize',
  deviceConfig: { name: 'A web page', deviceType: 'Desktop', capabilities: [] },
});

const redirect = new URLSearchParams(location.search);
if (redirect.has('code') && account.getState().type === 'Authenticating') {
  // The code is nobody else's business: not the history's, not of whoever reads over the shoulder.
  history.replaceState(null, '', location.pathname);
  await account.processEvent({
    type: 'CompleteOAuthFlow',
    code: redirect.get('code'),
    state: redirect.get('state') ?? '',
  });
}
await show();

document.querySelector('#sign-in').addEventListener('click', async () => {
  const state = await account.processEvent({ type: 'BeginOAuthFlow', scopes: ['profile'], entrypoint: 'page' });
  if (state.type === 'Authenticating') location.assign(state.oauthUrl);
  else await show();
});

document.querySelector('#sign-out').addEventListener('click', async () => {
  await account.processEvent({ type: 'Disconnect' });
  await show();
});

async function show() {
  const isConnected = account.getState().type === 'Connected';
  document.querySelector('#sign-in').hidden = isConnected;
  document.querySelector('#sign-out').hidden = !isConnected;
  document.querySelector('#status').textContent = await status(isConnected);
}

async function status(isConnected) {
  try {
    if (isConnected) return `Signed in as ${(await account.getProfile()).email}`;
    return account.getLastFailure()?.message ?? 'Nobody is signed in.';
  } catch (error) {
    return error.message;
  }
}
