import { readFileSync } from 'node:fs';
import { bytesToHex, deriveToken, hexToBytes, sealKeyBundle } from '@foxden/protocol';
import { expect, it } from 'vitest';
import * as authClient from '../src/index.js';
import { failure, json, scripted } from './scripted-fetch.js';

const example = /```js\n([\s\S]*?)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))?.[1] ?? '';

/** Runs the example's own text, with its import and its console handed in. */
async function runExample(fetch: typeof globalThis.fetch): Promise<string[]> {
  const lines: string[] = [];
  const console = { log: (...words: unknown[]) => lines.push(words.join(' ')) };
  const body = example.replace(/^import (\{[^}]*\}) from '@foxden\/auth-client';/, 'const $1 = authClient;');
  const AsyncFunction = (async () => undefined).constructor as new (...parameters: string[]) => CallableFunction;
  const createAuthClient: typeof authClient.createAuthClient = (options) =>
    authClient.createAuthClient({ ...options, fetch });
  await new AsyncFunction('authClient', 'console', body)({ ...authClient, createAuthClient }, console);
  return lines;
}

it('the README’s example signs in and opens the keys', async () => {
  const keyFetchToken = '80'.repeat(32);
  const { bundleKey } = await deriveToken('keyFetchToken', hexToBytes(keyFetchToken));
  const bundle = bytesToHex(await sealKeyBundle(bundleKey, new Uint8Array(32), new Uint8Array(32)));
  const answer = { sessionToken: 'a0'.repeat(32), emailVerified: true, sessionVerified: true, verified: true };
  const status = json({ currentVersion: 'v1', upgradeNeeded: false });
  const server = scripted(status, json({ ...answer, keyFetchToken }), json({ bundle }));
  expect(await runExample(server.fetch)).toEqual([
    'signed in as rosa@example.org',
    'a key of 32 bytes that the server has never seen',
  ]);
});

it('the README’s example says that a password is wrong', async () => {
  const status = json({ currentVersion: 'v1', upgradeNeeded: false });
  expect(await runExample(scripted(status, failure(400, 103)).fetch)).toEqual(['that is not the password']);
});
