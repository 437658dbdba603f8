import { createAuthClient } from '@foxden/auth-client';
import { describe, expect, it } from 'vitest';
import { AuthenticationInApp, requestWithStepUp, StepUpError, type StepUpPolicy } from '../src/index.js';
import { EMAIL, friend, PASSWORD, SESSION_TOKEN } from './support/rehearsal.js';

/** Asks for a resource with answers in order; the person signs in, or gives up. */
async function ask(policy: StepUpPolicy, statuses: readonly number[], person: 'signs in' | 'gives up' = 'signs in') {
  const replies: Record<string, unknown> = {
    '/v1/account/status': { exists: true, hasPassword: true },
    '/v1/account/login': { sessionToken: SESSION_TOKEN, verified: true },
    '/v1/oauth/authorization': { code: 'c', state: 's', redirect: 'https://app.example.com/' },
  };
  const fetch: typeof globalThis.fetch = async (input) => Response.json(replies[new URL(String(input)).pathname] ?? {});
  const client = createAuthClient({ baseUrl: 'https://accounts.example.com', fetch });
  const machine = new AuthenticationInApp({ client, relyingParty: friend });
  machine.subscribe((event) => {
    if (event.type !== 'stateChanged' || event.state.name !== 'SignIn') return;
    if (person === 'gives up') return machine.cancel();
    machine.setPassword(PASSWORD);
    machine.signIn();
  });
  const given: unknown[] = [];
  const request = async (result?: string) => {
    given.push(result);
    return new Response(null, { status: statuses[given.length - 1] ?? 500 });
  };
  const answer = requestWithStepUp({ machine, email: EMAIL, policy, request });
  return { given, status: await answer.then(({ status }) => status) };
}

describe('a resource that wants a recent sign-in', () => {
  it.each([
    ['ifNeeded', [200], 200, [undefined]],
    ['ifNeeded', [401, 200], 200, [undefined, 'result']],
    ['ifNeeded', [401, 401], 401, [undefined, 'result']],
    ['ifNeeded', [403], 403, [undefined]],
    ['always', [200], 200, ['result']],
    ['never', [401], 401, [undefined]],
  ] as const)('is asked, with the policy %s and the answers %j', async (policy, statuses, status, given) => {
    expect(await ask(policy, statuses)).toEqual({ status, given });
  });

  it('is out of reach when the person does not sign in again', async () => {
    await expect(ask('ifNeeded', [401, 200], 'gives up')).rejects.toThrow(StepUpError);
  });
});
