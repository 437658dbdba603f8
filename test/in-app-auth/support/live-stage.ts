import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthClient } from '@foxden/auth-client';
import {
  AuthenticationInApp,
  type AuthenticationInAppOptions,
  type InAppError,
  type InAppState,
  publicClient,
  type RelyingParty,
  type StateName,
  vpnServer,
} from '@foxden/in-app-auth';
import { startTestServer, type TestServer } from '../../../packages/server/test/support/test-server.js';
import { startVpnServer, VPN_CLIENT } from './vpn-server.js';

/** An application without a server of its own. */
export const APP_CLIENT = { id: 'd0d1d2d3d4d5d6d7', redirectUri: 'https://app.example.com/signed-in' };

/** The composed server, a relying party with a server of its own, and one without. */
export interface LiveStage {
  readonly accounts: TestServer;
  readonly vpn: RelyingParty<{ readonly token: string }>;
  readonly app: RelyingParty<{ readonly access_token: string }>;
  /** A machine, and what happens to it. */
  open<Result>(relyingParty: RelyingParty<Result>, options?: Partial<AuthenticationInAppOptions<Result>>): Live<Result>;
  /** The newest digits or unblock code that were mailed. */
  code(email: string): Promise<string>;
  close(): Promise<void>;
}

export interface Live<Result> {
  readonly machine: AuthenticationInApp<Result>;
  /** States and errors in their order, since it was opened. */
  readonly seen: readonly string[];
  /** Waits until the machine is in a state. */
  until(name: StateName): Promise<InAppState>;
  /** Waits for an error, and gives it. */
  error(): Promise<InAppError>;
}

export async function openLiveStage(settings: Parameters<typeof startTestServer>[0] = {}): Promise<LiveStage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'foxden-in-app-'));
  let accountsUrl = '';
  const relyingServer = await startVpnServer(() => accountsUrl);
  const hashedSecret = createHash('sha256').update(Buffer.from(VPN_CLIENT.secret, 'hex')).digest('hex');
  const clients = [
    {
      id: VPN_CLIENT.id,
      name: 'Example VPN',
      redirectUris: [`${relyingServer.url}/oauth/success`],
      hashedSecret,
      trusted: true,
    },
    { id: APP_CLIENT.id, name: 'Example', redirectUris: [APP_CLIENT.redirectUri], publicClient: true, trusted: true },
  ];
  await writeFile(join(dataDir, 'clients.json'), JSON.stringify(clients));
  const accounts = await startTestServer({ dataDir, ...settings });
  accountsUrl = accounts.url;
  const client = createAuthClient({ baseUrl: accounts.url });
  return {
    accounts,
    vpn: vpnServer({ baseUrl: `${relyingServer.url}/api`, platform: 'dummy', userAgent: 'Example/1.0' }),
    app: publicClient({
      client,
      authorizationUrl: `${accounts.url}/authorization`,
      clientId: APP_CLIENT.id,
      redirectUri: APP_CLIENT.redirectUri,
      scope: 'profile',
    }),
    open: (relyingParty, options = {}) => live(new AuthenticationInApp({ client, relyingParty, ...options })),
    async code(email) {
      const { headers } = await accounts.mail(email);
      const code = headers['x-verify-short-code'] ?? headers['x-signin-verify-code'] ?? headers['x-unblock-code'];
      if (code === undefined) throw new Error('no code in the newest mail');
      return code;
    },
    async close() {
      await accounts.close();
      await relyingServer.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function live<Result>(machine: AuthenticationInApp<Result>): Live<Result> {
  const seen: string[] = [];
  machine.subscribe((event) => {
    if (event.type === 'stateChanged') seen.push(event.state.name);
    if (event.type === 'errorOccurred') seen.push(event.error.name);
  });
  return {
    machine,
    seen,
    until: (name) =>
      new Promise((resolve) => {
        const look = () => machine.state.name === name && resolve(machine.state);
        machine.subscribe(look);
        look();
      }),
    error: () =>
      new Promise((resolve) => {
        machine.subscribe((event) => event.type === 'errorOccurred' && resolve(event.error));
      }),
  };
}
