import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEndpoints, oauthEndpoints } from '@foxden/protocol';
import { createServer, type Server } from '@foxden/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Row {
  readonly route: string;
  readonly here: string;
  readonly proof: string;
}

const rows: readonly Row[] = [
  ...read('docs/auth-routes.md').matchAll(/^\| `([A-Z]+ \/\S+)` \| (.+) \| `(\S+)` \|$/gm),
].map(([, route = '', here = '', proof = '']) => ({ route, here, proof }));
const endpointOf = ({ here }: Row): string | undefined => /^`(\w+)`$/.exec(here)?.[1];
const built = rows.filter((row) => endpointOf(row) !== undefined);
const absent = rows.filter((row) => endpointOf(row) === undefined);

const OAUTH: readonly unknown[] = Object.values(oauthEndpoints);
const endpoints = Object.entries(allEndpoints()).filter(([, endpoint]) => !OAUTH.includes(endpoint));

test('the table has every endpoint once, under its own method and path, and no other', () => {
  const written = built.map((row) => `${row.route} ${endpointOf(row)}`).sort();
  expect(written).toEqual(endpoints.map(([name, { method, path }]) => `${method} ${path} ${name}`).sort());
  expect(new Set(rows.map(({ route }) => route)).size).toBe(rows.length);
});

test.each(built)('$route is proven by a test that calls it', ({ here, proof }) => {
  expect(read(proof)).toMatch(new RegExp(`\\b${here.replaceAll('`', '')}\\b`));
});

describe('a route that is deliberately not here', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = await createServer(
      { databaseUrl: 'sqlite::memory:', listen: { host: '127.0.0.1', port: 0 }, rateLimits: false },
      { write: () => {} },
    );
    url = await server.listen();
  });
  afterAll(() => server.close());

  test.each(absent)('$route answers as the table says: $here', async ({ route, here }) => {
    const [method = '', path = ''] = route.split(' ');
    const response = await fetch(`${url}/v1${path.replaceAll(/[{}]/g, '')}`, { method, redirect: 'manual' });
    const [, status, errno] = /\b(\d{3})(?:, errno (\d+))?/.exec(here) ?? [];
    expect(response.status).toBe(Number(status));
    if (errno !== undefined) expect(await response.json()).toMatchObject({ errno: Number(errno) });
  });
});
