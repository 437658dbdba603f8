import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
      languages: ['en', 'ar'],
    });
  });

  test('is JSON for whoever does not read pages', async () => {
    const answer = await server.raw('/nothing', { headers: { accept: 'application/json' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
  });
});
