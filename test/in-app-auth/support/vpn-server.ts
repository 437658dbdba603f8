import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAuthClient, requestTokens } from '@foxden/auth-client';
import { matchesCodeChallenge } from '@foxden/protocol';

export const VPN_CLIENT = { id: 'c0c1c2c3c4c5c6c7', secret: 'c8'.repeat(32) };

/** A relying party as the VPN's: it holds the client secret, redeems codes with it, and checks the app's PKCE pair. */
export async function startVpnServer(accountsUrl: () => string): Promise<{ url: string; close(): Promise<void> }> {
  const challenges = new Map<string, string>();
  const accessTokens = new Map<string, { readonly accessToken: string; readonly challenge: string }>();

  const begin = (query: URLSearchParams) => {
    const state = crypto.randomUUID();
    challenges.set(state, query.get('code_challenge') ?? '');
    const params = {
      client_id: VPN_CLIENT.id,
      state,
      scope: 'profile',
      access_type: 'offline',
      device_id: 'd'.repeat(32),
      flow_id: 'f'.repeat(64),
      flow_begin_time: String(Date.now()),
    };
    return { fxa_oauth: { url: accountsUrl(), params } };
  };
  const redeem = async (query: URLSearchParams) => {
    const challenge = challenges.get(query.get('state') ?? '');
    if (challenge === undefined) throw new Error('another state');
    const { access_token: accessToken } = await requestTokens(createAuthClient({ baseUrl: accountsUrl() }), {
      grant_type: 'authorization_code',
      client_id: VPN_CLIENT.id,
      client_secret: VPN_CLIENT.secret,
      code: query.get('code') ?? '',
    });
    const code = crypto.randomUUID();
    accessTokens.set(code, { accessToken, challenge });
    return { code };
  };
  const verify = async (body: { readonly code: string; readonly code_verifier: string }) => {
    const grant = accessTokens.get(body.code);
    accessTokens.delete(body.code);
    // The challenge came with padding.
    if (grant === undefined || !(await matchesCodeChallenge(body.code_verifier, grant.challenge.replace(/=$/, '')))) {
      throw new Error('not the pair');
    }
    return { user: { name: 'somebody' }, token: `vpn-${grant.accessToken}` };
  };

  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/api/login/dummy') return begin(url.searchParams);
    if (url.pathname === '/oauth/success') return redeem(url.searchParams);
    if (url.pathname === '/api/login/verify') return verify(await readJson(request));
    throw new Error('no such page');
  };
  const send = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => send(response, 200, body),
      (error: Error) => send(response, 401, { detail: error.message }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readJson<T>(request: IncomingMessage): Promise<T> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as T;
}
