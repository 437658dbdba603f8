import { AuthClientError, createAuthClient } from '@foxden/auth-client';
import { bearerCredential, bytesToHex, createCodeChallenge, stretchPasswordV1 } from '@foxden/protocol';
import { expect } from 'vitest';
import { AuthenticationInApp, type InAppEvent, type VpnSession, vpnServer } from '../../src/index.js';
import { type Asked, createExchange, createQueue } from './exchange.js';
import { type Scenario, type Step, vectors } from './vectors.js';

const ACCOUNTS = 'https://accounts.example.test';
const RELYING_PARTY = 'https://rp.example.test/api/v2/vpn';
const REDIRECT = 'https://rp.example.test/oauth/success';
const { params } = vectors.bootstrap.fxa_oauth;

/** Plays a scenario: the steps call the machine, answer its requests, and name the events in their order. */
export async function play(scenario: Scenario): Promise<void> {
  const exchange = createExchange();
  const events = createQueue<InAppEvent<VpnSession>>();
  const machine = new AuthenticationInApp({
    client: createAuthClient({ baseUrl: ACCOUNTS, fetch: exchange.fetch }),
    relyingParty: vpnServer({
      baseUrl: RELYING_PARTY,
      platform: 'dummy',
      userAgent: 'Example/1.0',
      fetch: exchange.fetch,
    }),
    ...scenario.options,
  });
  machine.subscribe(events.put);
  let password = '';
  let challenge = '';

  const peek = async (): Promise<InAppEvent<VpnSession>> => {
    for (;;) {
      const event = await events.peek();
      // The original has no name for these; ours has (docs/in-app-auth.md).
      if (event.type !== 'stateChanged' || event.state.name !== 'Finalizing') return event;
      await events.take();
    }
  };
  const next = async <T extends InAppEvent<VpnSession>['type']>(type: T) => {
    const event = await peek();
    expect(event.type).toBe(type);
    return (await events.take()) as Extract<InAppEvent<VpnSession>, { type: T }>;
  };

  /** What a value of the file stands for in an answer. */
  const fill = (value: unknown): unknown => {
    if (value === '@bootstrap') return vectors.bootstrap;
    if (typeof value === 'string')
      return value.replace('@redirect', REDIRECT).replaceAll('@state', params['state'] ?? '');
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]));
  };

  const checkMember = async (asked: Asked, name: string, wanted: unknown) => {
    const actual = asked.body[name];
    switch (wanted) {
      case '@any':
        return expect(actual).toBeDefined();
      case '@authPW':
        return expect(actual).toBe(await authPWOf(String(asked.body['email']), password));
      case '@client_id':
        return expect(actual).toBe(params['client_id']);
      case '@scope':
        return expect(actual).toBe(params['scope']);
      case '@metricsContext': {
        const { device_id: deviceId, flow_id: flowId, flow_begin_time: time } = params;
        return expect(actual).toEqual({ deviceId, flowId, flowBeginTime: Number(time) });
      }
      case '@code_verifier':
        expect(actual).toMatch(/^[A-Za-z0-9._~-]{128}$/);
        return expect(`${await createCodeChallenge(String(actual))}=`).toBe(challenge);
      default: {
        const email = typeof wanted === 'string' ? /^@authPW\(email=(.*)\)$/.exec(wanted)?.[1] : undefined;
        if (email !== undefined) return expect(actual).toBe(await authPWOf(email, password));
        if (name === 'scopes') return expect(actual).toEqual(scopesOf(wanted as readonly string[]));
        return expect(actual).toEqual(fill(wanted));
      }
    }
  };

  const play1 = async (step: Step, following: Step | undefined): Promise<void> => {
    if (step.exchange !== undefined) {
      const { request, reply, networkFailure } = step.exchange;
      const asked = await exchange.next();
      expect(`${asked.method} ${asked.url.origin}${asked.url.pathname}`).toBe(
        `${request.method} ${addressOf(request)}`,
      );
      expect(asked.headers.get('authorization')).toBe(request.auth === 'none' ? null : SESSION);
      if (request.path === '/login/{platform}') {
        challenge = asked.url.searchParams.get('code_challenge') ?? '';
        expect(challenge).toMatch(/^[\w-]{43}=$/);
        expect(asked.url.searchParams.get('code_challenge_method')).toBe('S256');
        expect(asked.url.searchParams.get('user_agent')).toBe('Example/1.0');
      }
      for (const [name, wanted] of Object.entries(request.bodyContains ?? {})) await checkMember(asked, name, wanted);
      if (reply !== undefined) asked.answer(Response.json(fill(reply.json), { status: reply.status }));
      if (networkFailure !== undefined) asked.fail(NETWORK_FAILURES[networkFailure]());
    } else if (step.call !== undefined) {
      if (step.call === 'setPassword') [password = ''] = step.args ?? [];
      callOf(machine, step.call)(...(step.args ?? []));
    } else if (step.check !== undefined) {
      expect(await callOf(machine, step.check)(...(step.args ?? [])), `${step.check}(${step.args})`).toBe(step.result);
    } else if (step.expectState === 'Initializing' && following?.exchange?.request.path === '/login/{platform}') {
      expect(machine.state).toMatchObject({ name: 'Initializing', methods: ['start'] });
      const email = scenario.startEmail ?? (scenario.flow === 'default' ? undefined : 'test@test.com');
      void machine.start({ type: scenario.flow, ...(email !== undefined && { email }) });
      expect((await next('stateChanged')).state.name).toBe('Initializing');
    } else if (step.expectState !== undefined) {
      if ((await peek()).type === 'terminated') await next('terminated');
      expect((await next('stateChanged')).state.name).toBe(step.expectState);
    } else if (step.expectStateUnchanged !== undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(events.items).toEqual([]);
      expect(machine.state.name).toBe(step.expectStateUnchanged);
    } else if (step.expectError !== undefined) {
      expect((await next('errorOccurred')).error).toMatchObject(step.expectError);
    } else if (step.expectFailed !== undefined) {
      expect((await next('failed')).failure).toBe(step.expectFailed);
    } else if (step.expectCompleted !== undefined) {
      expect((await next('completed')).result).toMatchObject(step.expectCompleted);
    } else if (step.expectAttachedClients !== undefined) {
      const event = await peek();
      expect(event).toMatchObject({ state: { attachedClients: step.expectAttachedClients } });
    } else if (step.expectFallback !== undefined) {
      const { url, emailAddress } = await next('fallbackRequired');
      expect(emailAddress).toBe(step.expectFallback.email);
      expect(new URL(url).searchParams.get('email')).toBe(step.expectFallback.email);
      expect(new URL(url).searchParams.get('code_challenge')).toBe(challenge);
    } else if (step.expectReauthenticated === true) await next('reauthenticated');
    else if (step.expectTerminated === true) await next('terminated');
    else if (step.expectAborted === true) await next('aborted');
    else if (step.expectAccountDeleted === true) await next('accountDeleted');
    else expect(step.note).toBeDefined();
  };

  for (const [index, step] of scenario.steps.entries()) await play1(step, scenario.steps[index + 1]);

  const unasked = events.items.filter(({ type }) => type === 'errorOccurred' || type === 'failed');
  expect(unasked).toEqual([]);
  expect(exchange.waiting.filter(({ url }) => url.pathname !== '/v1/session/destroy')).toEqual([]);

  // The flow goes where the file leaves it; all that it may ask for then is an end to its session.
  if (machine.state.methods.includes('cancel')) machine.cancel();
  while (machine.state.name !== 'Initializing' || machine.state.flow !== undefined) {
    const asked = exchange.waiting.length > 0 ? await exchange.next() : undefined;
    if (asked !== undefined) {
      expect(asked.url.pathname).toBe('/v1/session/destroy');
      asked.answer(Response.json({}));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const SESSION = bearerCredential('sessionToken', vectors.crypto.hawk.tokenId);

const NETWORK_FAILURES = {
  timeout: () => new AuthClientError({ kind: 'timeout', message: 'No answer' }),
  'connection-refused': () =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
};

function addressOf({ to, path }: { readonly to: string; readonly path: string }): string {
  if (path === '@redirect') return REDIRECT;
  return to === 'accounts' ? ACCOUNTS + path : RELYING_PARTY + path.replace('{platform}', 'dummy');
}

const scopesOf = (scopes: readonly string[]): readonly string[] =>
  scopes.map((s) => (s === '@scope' ? String(params['scope']) : s));

async function authPWOf(email: string, password: string): Promise<string> {
  return bytesToHex((await stretchPasswordV1(email, password)).authPW);
}

function callOf(machine: object, name: string): (...args: readonly string[]) => unknown {
  const method: unknown = Reflect.get(machine, name);
  if (typeof method !== 'function') throw new Error(`no method ${name}`);
  return (...args) => Reflect.apply(method, machine, args);
}
