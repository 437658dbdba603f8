import { CONTEXT_DESKTOP_V3, type FxaStatus } from '@foxden/protocol';
import type { BrowserOptions, Sender } from './options.js';
import { type Data, readData } from './read-data.js';

/**
 * `fxaccounts:fxa_status` (webchannel §3). A private window is told who is signed in only where the flow is for this very
 * browser: pairing, or Sync as service or context say (bug 1577690, step 2).
 */
export async function fxaStatus(browser: BrowserOptions, data: Data, { isPrivate }: Sender): Promise<FxaStatus> {
  const { account, capabilities, clientId } = browser;
  const request = readData(data);
  const isForBrowser =
    request['service'] === 'sync' || request['context'] === CONTEXT_DESKTOP_V3 || request['isPairing'] === true;
  const user = isPrivate === true && !isForBrowser ? undefined : await account.signedInUser();
  const signedInUser =
    user === undefined
      ? null
      : {
          email: user.email,
          uid: user.uid,
          sessionToken: user.sessionToken ?? null,
          verified: user.verified === true,
        };
  return { signedInUser, ...(clientId === undefined ? {} : { clientId }), capabilities };
}
