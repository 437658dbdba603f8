import { clientConfiguration, createConfig } from '@foxden/server';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installNotFound } from '../../src/http/not-found.js';
import { installPages } from '../../src/pages/index.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const HTML = { headers: { accept: 'text/html' } };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ hideAccounts: true });
});
afterAll(() => server.close());

describe('what a browser asks for', () => {
  test.each([
    '/',
    '/signin',
    '/signin/',
    '/oauth/signin?client_id=00',
    '/complete_reset_password?token=00',
    '/settings',
  ])('is a page: %s', async (path) => {
    const answer = await server.raw(path, HTML);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  test.each(['/nothing', '/signin/more', '/SIGNIN', '/paths.json', '/constructor', '/signin%00'])(
    'is the document that says so where there is no page: %s',
    async (path) => {
      const answer = await server.raw(path, HTML);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await answer.text()).toContain('id="page"');
    },
  );

  test('is told what the pages must know of this server', async () => {
    const html = await (await server.raw('/', HTML)).text();
    const [, content = ''] = /name="foxden-config" content="([^"]*)"/.exec(html) ?? [];
    expect(JSON.parse(content.replaceAll('&quot;', '"'))).toEqual({
      siteName: 'Foxden',
      hideAccounts: true,
      issuer: server.url,
      pairingServer: server.url.replace('http', 'ws'),
      pairingClients: ['3c49430b43dfba77', 'a2270f727f45f648', '1b1a3e44c54fbb58'],
    });
  });

  test('is JSON for whoever does not read pages', async () => {
    const answer = await server.raw('/nothing', { headers: { accept: 'application/json' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
  });
});

test.each([
  ['http://127.0.0.1:4000', 'ws://127.0.0.1:4000', 'ws://127.0.0.1:4000'],
  ['https://accounts.example.com', 'wss://accounts.example.com', 'wss://accounts.example.com'],
  ['https://example.com:8443/fox', 'wss://example.com:8443/fox', 'wss://example.com:8443'],
])('pages of %s and clients are told where to pair, and pages may go there', async (publicUrl, told, allowed) => {
  const config = createConfig({ publicUrl, pairingClients: null });
  expect(clientConfiguration(config)).toMatchObject({ pairing_server_base_uri: told });
  const app = fastify();
  installNotFound(app, await installPages(app, config));
  const page = await app.inject({ url: '/', ...HTML });
  expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ${allowed};`);
  expect(page.body).toContain(`&quot;pairingServer&quot;:&quot;${told}&quot;`);
  expect(page.body).not.toContain('pairingClients');
});
