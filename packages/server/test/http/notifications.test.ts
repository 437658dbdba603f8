import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  accountDestroy,
  accountLogin,
  accountMetricsOpt,
  oauthEndpoints,
  profileEndpoints,
  recoveryEmailCreate,
  recoveryEmailSecondaryVerifyCode,
  recoveryEmailSetPrimary,
} from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FENIX, withToken } from '../support/attach.js';
import { authPWOf, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

interface Told {
  readonly type: string | undefined;
  readonly sub: string;
  readonly events: Readonly<Record<string, object>>;
}

/** A service that takes events and lets a test wait for them. */
class Receiver {
  readonly told: Told[] = [];
  readonly server: HttpServer;
  #waiting: (() => void) | undefined;

  constructor() {
    this.server = createServer(async (request, response) => {
      const [, claims = ''] = (await text(request)).split('.');
      const { sub, events } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Told;
      this.told.push({ type: request.headers['content-type'], sub, events });
      response.writeHead(202).end();
      this.#waiting?.();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  /** What was told about an account, once there is that much; forgets it then. */
  async take(sub: string, count: number): Promise<Told[]> {
    const about = () => this.told.filter((told) => told.sub === sub);
    while (about().length < count) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    const taken = about();
    this.told.splice(0, this.told.length, ...this.told.filter((told) => told.sub !== sub));
    return taken;
  }

  /** The names of the next events of an account, in the order of the alphabet. */
  async next(sub: string, count: number): Promise<string[]> {
    const names = (await this.take(sub, count)).map(({ events }) => Object.keys(events)[0] ?? '');
    return names.map((name) => name.slice('urn:foxden:event:'.length)).sort();
  }
}

const receiver = new Receiver();
let server: TestServer;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    receiver.server.listen(0, '127.0.0.1', resolve);
  });
  server = await startTestServer({ notifyUrls: [receiver.url] });
});
afterAll(async () => {
  await server.close();
  receiver.server.close();
});

test('services hear of each step of an account’s life, once', async () => {
  const email = 'told@example.com';
  const second = 'told-2@example.com';
  const { uid, sessionToken } = await signUp(server, email);
  const token = ['sessionToken', sessionToken] as const;
  expect(await receiver.next(uid, 3)).toEqual(['login', 'profileDataChange', 'verified']);

  const proof = { email, authPW: await authPWOf(email) };
  await server.ok(accountLogin, { body: { ...proof, reason: 'login' } });
  await server.ok(accountLogin, { body: { ...proof, reason: 'signin' } });
  expect(await receiver.next(uid, 1)).toEqual(['login']);

  await server.ok(accountMetricsOpt, { token, body: { state: 'out' } });
  expect(await receiver.next(uid, 1)).toEqual(['profileDataChange']);

  const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
    token,
    body: { client_id: FENIX, grant_type: 'fxa-credentials', scope: 'profile:write' },
  });
  await server.ok(profileEndpoints.displayNameChange, { ...withToken(access_token), body: { displayName: 'Fox' } });
  expect(await receiver.next(uid, 1)).toEqual(['profileDataChange']);

  await server.ok(recoveryEmailCreate, { token, body: { email: second } });
  const code = (await server.mail(second)).headers['x-verify-short-code'] ?? '';
  await server.ok(recoveryEmailSecondaryVerifyCode, { token, body: { email: second, code } });
  await server.ok(recoveryEmailSetPrimary, { token, body: { email: second } });
  expect(await receiver.next(uid, 2)).toEqual(['primaryEmailChanged', 'profileDataChange']);

  await server.ok(accountDestroy, { token, body: proof });
  expect(await receiver.next(uid, 1)).toEqual(['delete']);
  expect(receiver.told).toEqual([]);
});

test('what they hear is a security event token about the account', async () => {
  const { uid } = await signUp(server, 'typed@example.com', { confirm: false });
  const login = (await receiver.take(uid, 2)).find(({ events }) => 'urn:foxden:event:login' in events);
  expect(login).toMatchObject({
    type: 'application/secevent+jwt',
    sub: uid,
    events: { 'urn:foxden:event:login': { email: 'typed@example.com', deviceCount: 1 } },
  });
});

test('a service that never answers delays nobody', async () => {
  const held: (() => void)[] = [];
  const silent = createServer((_request, response) => {
    held.push(() => response.end());
  });
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const patient = await startTestServer({ notifyUrls: [url] });
  try {
    await signUp(patient, 'quick@example.com');
    expect((await patient.server.context.storage.db.selectFrom('notifications').selectAll().execute()).length).toBe(3);
  } finally {
    silent.closeAllConnections();
    silent.close();
    await patient.close();
  }
});
