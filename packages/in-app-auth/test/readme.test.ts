import { readFileSync } from 'node:fs';
import * as authClient from '@foxden/auth-client';
import { expect, it } from 'vitest';
import * as inAppAuth from '../src/index.js';
import { SESSION_TOKEN } from './support/rehearsal.js';

const example = /```js\n([\s\S]*?)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))?.[1] ?? '';

it('the README’s example signs in with an authenticator and gets its token', async () => {
  const lines: string[] = [];
  const console = { log: (...words: unknown[]) => lines.push(words.join(' ')) };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const body = JSON.parse(String(init?.body ?? '{}')) as Record<string, string>;
    const replies: Record<string, unknown> = {
      '/v1/account/status': { exists: true, hasPassword: true },
      '/v1/account/login': { sessionToken: SESSION_TOKEN, verified: false, verificationMethod: 'totp-2fa' },
      '/v1/session/verify/totp': { success: true },
      '/v1/oauth/authorization': {
        code: 'c',
        state: body['state'],
        redirect: `${body['redirect_uri']}?code=c&state=${body['state']}`,
      },
      '/v1/oauth/token': { access_token: 't', scope: 'profile', token_type: 'bearer', expires_in: 60 },
      '/v1/session/destroy': {},
    };
    return Response.json(replies[new URL(String(input)).pathname]);
  };
  const createAuthClient: typeof authClient.createAuthClient = (options) =>
    authClient.createAuthClient({ ...options, fetch });
  const body = example
    .replace(/^import (\{[^}]*\}) from '@foxden\/auth-client';/m, 'const $1 = authClient;')
    .replace(/^import (\{[^}]*\}) from '@foxden\/in-app-auth';/m, 'const $1 = inAppAuth;');
  const AsyncFunction = (async () => undefined).constructor as new (...parameters: string[]) => CallableFunction;
  const run = new AsyncFunction('authClient', 'inAppAuth', 'console', body);
  await run({ ...authClient, createAuthClient }, inAppAuth, console);
  expect(lines).toEqual(['6 digits, please', 'a token for profile']);
});
