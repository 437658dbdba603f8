import { readFileSync } from 'node:fs';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, withoutChromium } from './support/chromium.js';

const dist = new URL('../../packages/web/dist/', import.meta.url);
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** A server below `/fox/` on a host of its own: the built pages, filled in, and one answer of the API. */
async function serve(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const [, asset, extension = ''] = /^\/fox\/(assets\/[^/]+\.(\w+))$/.exec(pathname) ?? [];
  if (pathname === '/fox/v1/account/status') return route.fulfill({ json: { exists: false } });
  if (asset !== undefined)
    return route.fulfill({ body: readFileSync(new URL(asset, dist)), contentType: types[extension] ?? 'text/plain' });
  if (!pathname.startsWith('/fox/') || pathname.startsWith('/fox/v1/')) return route.fulfill({ status: 404, body: '' });
  const document = readFileSync(new URL('index.html', dist), 'utf8')
    .replaceAll('%FOXDEN_BASE%', '/fox/')
    .replaceAll('%FOXDEN_SITE_NAME%', 'Den')
    .replaceAll('%FOXDEN_CONFIG%', '{&quot;siteName&quot;:&quot;The den&quot;}');
  return route.fulfill({ body: document, contentType: 'text/html' });
}

describe.skipIf(withoutChromium)('pages below a path', () => {
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.route('**/*', serve);
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  });
  afterAll(() => browser.close());

  it('find their files, their API and each other there, also from a path with two parts', async () => {
    await page.goto('https://accounts.example/fox/oauth/signin/?email=blank');
    await page.locator('h1', { hasText: 'does not know this application' }).waitFor();
    await page.goto('https://accounts.example/fox/signin/');
    await page.fill('[name=email]', 'rosa@example.org');
    await page.click('button[type=submit]');
    await page.waitForSelector('[name=passwordConfirm]');
    expect(page.url()).toBe('https://accounts.example/fox/signup');
    expect(asked.filter((path) => !path.startsWith('/fox/'))).toEqual([]);
    expect(asked).toContain('/fox/v1/account/status');
    expect(await page.title()).toBe('Create your account · The den');
  });
});
