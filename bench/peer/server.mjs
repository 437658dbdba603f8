// The peer: oidc-provider with opaque tokens and no rotation of refresh tokens, as ours has it.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import Provider from 'oidc-provider';
import { sqliteAdapter } from './adapter.mjs';

const { dataDir, chains } = JSON.parse(process.argv[2]);
const ACCOUNT = 'ab'.repeat(16);
const CLIENT = 'bench';
const ROTATING_CLIENT = 'rotating';
const DAY = 24 * 60 * 60;

const server = createServer((request, response) => handle(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const provider = new Provider(url, {
  adapter: await sqliteAdapter(join(dataDir, 'peer.db')),
  clients: [CLIENT, ROTATING_CLIENT].map((client_id) => ({
    client_id,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['https://bench.example/callback'],
  })),
  cookies: { keys: ['bench'] },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'bench' }] },
  features: { introspection: { enabled: true }, devInteractions: { enabled: false } },
  rotateRefreshToken: ({ oidc }) => oidc.client.clientId === ROTATING_CLIENT,
  ttl: { AccessToken: DAY, RefreshToken: 30 * DAY, IdToken: 300, Grant: 30 * DAY },
  findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
});
const handle = provider.callback();

process.send({
  url,
  clientId: CLIENT,
  rotatingClientId: ROTATING_CLIENT,
  accessToken: await issue(provider.AccessToken, 'offline_access'),
  userinfoToken: await issue(provider.AccessToken, 'openid'),
  opaqueRefreshToken: await issue(provider.RefreshToken, 'offline_access'),
  signingRefreshToken: await issue(provider.RefreshToken, 'openid offline_access'),
  rotatingRefreshTokens: await Promise.all(
    Array.from({ length: chains }, () => issue(provider.RefreshToken, 'offline_access', ROTATING_CLIENT)),
  ),
});
process.once('SIGTERM', () => process.exit(0));

async function issue(Model, scope, clientId = CLIENT) {
  const client = await provider.Client.find(clientId);
  const grant = new provider.Grant({ accountId: ACCOUNT, clientId });
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  const authTime = Math.floor(Date.now() / 1000);
  return new Model({
    accountId: ACCOUNT,
    client,
    grantId,
    scope,
    authTime,
    gty: 'authorization_code',
    claims: {},
  }).save();
}
