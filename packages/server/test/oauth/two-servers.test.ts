import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountDevice, accountDevices, oauthEndpoints, SCOPE_OLDSYNC, SCOPE_VPN } from '@foxden/protocol';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { rotateSigningKeys } from '../../src/oauth/index.js';
import { confirm, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { FENIX, FIREFOX, HOUR, headerOf, MINUTE, pkce, VERIFIER } from './fixture.js';

// Two servers behind one address, as an operator of many people runs them.

const PARALLEL = 50;
const folder = mkdtempSync(join(tmpdir(), 'foxden-two-servers-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

describePostgres('two servers on one PostgreSQL database', (createDatabase) => {
  let servers: readonly [TestServer, TestServer];
  let people = 0;
  beforeAll(async () => {
    const settings = { databaseUrl: await createDatabase(), secretFile: join(folder, 'secret') };
    const first = await startTestServer(settings);
    const listen = { host: '127.0.0.1', port: await freePort() };
    servers = [first, await startTestServer({ ...settings, listen, publicUrl: first.url })];
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  /** A device of Fenix with a refresh token and a session. */
  async function device(scope: string) {
    const [server] = servers;
    people += 1;
    const email = `person${people}@example.com`;
    const { sessionToken } = await signUp(server, email, { confirm: false });
    await confirm(server, email, sessionToken);
    const token = ['sessionToken', sessionToken] as const;
    const authorize = async (asked: string) => {
      const body = { client_id: FENIX, state: 's', scope: asked, access_type: 'offline', ...(await pkce()) } as const;
      return (await server.ok(oauthEndpoints.oauthAuthorization, { token, body })).code;
    };
    const redeem = (code: string, by: TestServer = server) =>
      by.call(oauthEndpoints.oauthToken, { token, body: { client_id: FENIX, code, code_verifier: VERIFIER } });
    const { body } = await redeem(await authorize(scope));
    const { id } = await server.ok(accountDevice, { token, body: { name: 'phone', availableCommands: { a: 'b' } } });
    const devices = () => server.ok(accountDevices, { token });
    return { token, authorize, redeem, id, devices, refreshToken: body.refresh_token ?? '' };
  }

  /** The same request again and again, in turns to both servers at once. */
  const attack = <T>(request: (server: TestServer, n: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: PARALLEL }, (_, n) => request(servers[n % 2 === 0 ? 0 : 1], n)));
  const refreshTokens = async () =>
    servers[0].server.context.storage.db.selectFrom('refreshTokens').select('tokenHash').execute();
  const isActive = async (token: string | undefined) =>
    (await servers[1].ok(oauthEndpoints.introspect, { body: { token: token ?? '' } })).active;

  test('of fifty redemptions of a code exactly one is answered, and what it gave is void then', async () => {
    const { authorize, redeem, devices, id } = await device('profile');
    const before = await refreshTokens();
    const code = await authorize(`profile ${SCOPE_OLDSYNC}`);
    const answers = await attack((server) => redeem(code, server));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body)).toEqual(
      Array.from({ length: PARALLEL - 1 }, () => expect.objectContaining({ code: 400, errno: 172 })),
    );
    expect(await isActive(won[0]?.body.refresh_token)).toBe(false);
    expect(await refreshTokens()).toHaveLength(before.length);
    expect((await devices()).length).toBeLessThanOrEqual(1);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  test('of fifty exchanges of a token there is one successor, whoever answered, and the device is its', async () => {
    const { authorize, refreshToken, devices, id } = await device(`profile ${SCOPE_OLDSYNC}`);
    await authorize(SCOPE_VPN);
    const before = await refreshTokens();
    const answers = await attack((server) =>
      server.call(oauthEndpoints.oauthToken, {
        body: {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token: refreshToken,
          subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
          scope: SCOPE_VPN,
        },
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const successors = new Set(answers.map(({ body }) => body.refresh_token));
    expect(successors.size).toBe(1);
    const [successor] = successors;
    expect(await refreshTokens()).toHaveLength(before.length);
    expect([await isActive(refreshToken), await isActive(successor)]).toEqual([false, true]);
    const [, other] = servers;
    const own = await other.ok(accountDevice, { body: {}, headers: { authorization: `Bearer ${successor}` } });
    expect(own).toMatchObject({ id, name: 'phone', availableCommands: { a: 'b' } });
    expect(await devices()).toHaveLength(1);
  });

  test('fifty merges by session while the old tokens are destroyed lose no device and make none', async () => {
    const { token, refreshToken, devices, id } = await device(`profile ${SCOPE_OLDSYNC}`);
    let last = refreshToken;
    const answers = await attack(async (server) => {
      const { body, status } = await server.call(oauthEndpoints.oauthToken, {
        token,
        body: {
          client_id: FENIX,
          grant_type: 'fxa-credentials',
          scope: `profile ${SCOPE_OLDSYNC} ${SCOPE_VPN}`,
          access_type: 'offline',
        },
      });
      const old = last;
      last = body.refresh_token ?? '';
      await server.call(oauthEndpoints.destroy, { body: { refresh_token: old } });
      return status;
    });
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await isActive(last)).toBe(true);
    expect(await devices()).toMatchObject([{ id, name: 'phone', availableCommands: { a: 'b' } }]);
    const headers = { authorization: `Bearer ${last}` };
    expect(await servers[1].ok(accountDevice, { body: {}, headers })).toMatchObject({ id });
  });

  test('while keys are rotated under load, no token fails verification, here or by a verifier with its own copy', async () => {
    const { token } = await device('profile');
    const both = (milliseconds: number) => {
      for (const { clock } of servers) clock.advance(milliseconds);
    };
    const readKeys = async () => createLocalJWKSet((await servers[1].ok(oauthEndpoints.jwks)) as JSONWebKeySet);
    // A verifier reads the key set once an hour, as its Cache-Control says.
    let keySet = await readKeys();
    const issued: { jwt: string; until: number }[] = [];
    const kids = new Set<unknown>();
    const load = () =>
      Promise.all(
        servers.flatMap((server) =>
          Array.from({ length: 10 }, async () => {
            const body = { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: 'profile', ttl: 7200 } as const;
            const { access_token } = await server.ok(oauthEndpoints.oauthToken, { token, body });
            issued.push({ jwt: access_token, until: server.clock.now() + 7_200_000 });
            kids.add(headerOf(access_token)['kid']);
          }),
        ),
      );
    const verifyAll = async () => {
      const now = servers[0].clock.now();
      const living = issued.filter(({ until }) => until > now);
      for (const { jwt } of living) await jwtVerify(jwt, keySet, { currentDate: new Date(now), typ: 'at+JWT' });
      const sample = living.filter((_, n) => n % 5 === 0);
      const answers = await Promise.all(
        sample.map(({ jwt }, n) => servers[n % 2 === 0 ? 0 : 1].call(oauthEndpoints.verify, { body: { token: jwt } })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    };
    for (let round = 0; round < 10; round += 1) {
      const rotation = round === 2 || round === 6 ? rotateSigningKeys(servers[0].server.context) : undefined;
      await Promise.all([load(), rotation]);
      await verifyAll();
      both(30 * MINUTE);
      if (round % 2 === 1) keySet = await readKeys();
    }
    both(HOUR);
    await Promise.all([load(), verifyAll()]);
    expect(kids.size).toBe(3);
  });
});
