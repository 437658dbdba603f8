import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToBase64url, SCOPE_OLDSYNC } from '@foxden/protocol';
import { transformSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import * as library from '../src/index.js';
import { config, SYNC_SCOPES, World } from './support/accounts.js';
import { SERVER } from './support/model-server.js';

const source = ['kept-account', 'account']
  .map((name) => readFileSync(new URL(`../src/${name}.ts`, import.meta.url), 'utf8'))
  .join('\n');

/** Every public member of the class with the example in its doc comment. */
const members = [
  ...source.matchAll(/ {2}\/\*\*\n((?: {3}\*.*\n)+?) {3}\*\/\n {2}((?:static )?(?:async )?(\w+)(?:<\w+>)?\()/g),
].map(([, comment = '', , name = '']) => {
  const [, code = ''] = /@example\n([\s\S]*?)(?= {3}\* @|$)/.exec(comment) ?? [];
  return { name, code: code.replace(/^ {3}\* ?/gm, '').trim() };
});
const publicNames = [...source.matchAll(/^ {2}(?!private|protected)(?:static )?(?:async )?(\w+)(?:<\w+>)?\(/gm)].map(
  ([, name]) => name,
);

/** What the examples may name. */
const PRELUDE = `account: FirefoxAccount, clientId: string, redirectUri: string, pairingUrl: string, sessionToken: string,
  uid: string, authorizationUrl: string, publicKey: string, authKey: string, otherDeviceId: string,
  signInOnTheWeb: (url: string) => Promise<{ code: string; state: string }>, assert: (value: boolean) => void`;
const NAMES = [...PRELUDE.matchAll(/(\w+):/g)]
  .map(([, name = '']) => name)
  .filter((name) => !['url', 'value', 'code', 'state'].includes(name));

it('every public member has an example', () => {
  expect(members.filter(({ code }) => code === '')).toEqual([]);
  expect(members.map(({ name }) => name)).toEqual(publicNames);
  expect(members.length).toBeGreaterThan(45);
});

describe('the examples', () => {
  const imports = Object.keys(library).join(', ');

  beforeAll(() => {
    // Strict TypeScript in a file of the package, so that it resolves what an application's file would.
    const folder = mkdtempSync(join(import.meta.dirname, 'examples-'));
    try {
      const functions = members.map(({ name, code }) => `async function of_${name}(${PRELUDE}) {\n{\n${code}\n}\n}`);
      const file = [
        `import { ${imports} } from '@foxden/fxa-client';`,
        'declare const console: { log(...a: unknown[]): void };',
        'declare function setTimeout(f: () => void, ms: number): number;',
        ...functions,
      ].join('\n');
      writeFileSync(join(folder, 'all.ts'), file);
      const options = {
        extends: '../../../../tsconfig.base.json',
        compilerOptions: {
          composite: false,
          noEmit: true,
          declaration: false,
          declarationMap: false,
          sourceMap: false,
          rootDir: '../../../..',
          lib: ['ES2023', 'DOM'],
          noUnusedLocals: false,
          noUnusedParameters: false,
        },
        include: ['all.ts'],
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
      const { stdout, status } = spawnSync('npx', ['tsc', '-p', folder], { encoding: 'utf8' });
      expect([status, stdout]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(members)('of $name runs', async ({ name, code }) => {
    const world = new World();
    world.server.exchangeable = ['profile'];
    const account = await world.signedIn(SYNC_SCOPES);
    const target = new library.FirefoxAccount(config, { fetch: world.server.fetch, clock: world.clock });
    const event = {
      type: 'Initialize',
      deviceConfig: { name: 'Phone', deviceType: 'Mobile', capabilities: ['SendTab', 'CloseTabs'] },
    } as const;
    await target.processEvent(event);
    await world.signIn(target, SYNC_SCOPES);
    const values: Record<string, unknown> = {
      account,
      clientId: config.clientId,
      redirectUri: config.redirectUri,
      pairingUrl: `${SERVER}/pair#channel_id=a&channel_key=b`,
      sessionToken: await world.server.newSession(),
      uid: world.server.profile.uid,
      authorizationUrl: `${SERVER}/authorization?client_id=0123456789abcdef&scope=${SCOPE_OLDSYNC}&state=s&access_type=offline`,
      publicKey: bytesToBase64url(new Uint8Array(65)),
      authKey: bytesToBase64url(new Uint8Array(16)),
      otherDeviceId: target.getCurrentDeviceId(),
      signInOnTheWeb: async (url: string) => world.server.authorize(url),
      assert: (value: boolean) => expect(value, name).toBe(true),
      console: { log: () => undefined },
      setTimeout: () => 0,
    };
    const { code: javascript } = transformSync(`async () => {${code}\n}`, { loader: 'ts' });
    const names = [...Object.keys(library), ...NAMES, 'console', 'setTimeout'];
    const given = { ...library, ...values } as Record<string, unknown>;
    const run = new Function(...names, `return (${javascript.trim().replace(/;$/, '')})()`);
    await run(...names.map((each) => given[each]));
  });
});
