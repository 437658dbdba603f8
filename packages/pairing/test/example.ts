import type { FirefoxAccount } from '@foxden/fxa-client';
import { readPairingRequest, readPairingUrl, startAuthority, startSupplicant } from '@foxden/pairing';

interface Device {
  readonly account: FirefoxAccount;
  /** `pairing_server_base_uri` in what the server says of itself. */
  readonly pairingServer: string;
  /** Asks the person at this device. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** On the device that is signed in: shows a code, and lets in who scans it. */
export async function letDeviceIn(device: Device, contentUrl: string, show: (url: string) => void): Promise<void> {
  const { account, pairingServer, confirm } = device;
  const authority = await startAuthority({
    pairingServer,
    contentUrl,
    metadata: { deviceName: 'My laptop' },
    authorize: async (request) => ({
      code: await account.authorizeCodeUsingSessionToken(request),
      state: request.state,
    }),
    onState: async (state) => {
      if (state.type !== 'PendingConfirmations') return;
      if (await confirm(`Let in the device at ${state.remote.ipAddress}?`)) authority.approve();
      else authority.decline();
    },
  });
  show(authority.url);
  const end = await authority.ended;
  if (end.type === 'Errored') throw end.error;
}

/** On the device that has scanned the code: asks to be let in, and is signed in then. */
export async function signInByPairing(device: Device, scanned: string): Promise<void> {
  const { account, pairingServer, confirm } = device;
  const scopes = ['https://identity.mozilla.com/apps/oldsync'];
  const url = new URL(await account.beginPairingFlow(scanned, scopes, 'my-application'));
  const supplicant = startSupplicant({
    pairingServer,
    channel: readPairingUrl(url.href),
    request: readPairingRequest(url.searchParams),
    deliver: ({ code, state }) => account.completeOAuthFlow(code, state),
    onState: async (state) => {
      if (state.type !== 'waiting_for_authorizations') return;
      if (await confirm(`Sign in as ${state.authority.deviceName} does?`)) supplicant.approve();
      else supplicant.cancel();
    },
  });
  const end = await supplicant.ended;
  if (end.type === 'failed') throw end.error;
}
