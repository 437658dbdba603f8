import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Letter, TemplateName } from '../../src/mail/index.js';
import { negotiateLanguage } from '../../src/mail/templates/negotiate-language.js';
import { renderLetter, TEMPLATES } from '../../src/mail/templates/render-letter.js';
import { UID } from './mail-fixture.js';

const SITE = { publicUrl: 'https://fox.example/accounts', siteName: 'Fox & Den' };
const TIME = Date.UTC(2026, 10, 21, 23, 5);
const CODE = '0123456789abcdef0123456789abcdef';
const BACK = { redirectTo: 'https://app.example/?a=1&b=2', resume: 'e30=' };
const CAUSE = { device: 'Firefox on Linux', time: TIME };

function letter<N extends TemplateName>(template: N, values: Letter<N>['values'], service?: string): Letter<N> {
  return { template, to: 'fox@example.org', locale: undefined, uid: UID, service, values };
}

const LETTERS: { readonly [N in TemplateName]: Letter<N> } = {
  verify: letter('verify', { code: CODE, ...BACK }, 'sync'),
  verifyShortCode: letter('verifyShortCode', { code: '012345' }, 'sync'),
  verifyLogin: letter('verifyLogin', { code: CODE, ...BACK, ...CAUSE }, 'sync'),
  verifyLoginCode: letter('verifyLoginCode', { code: '012345', ...CAUSE }, 'sync'),
  newDeviceLogin: letter('newDeviceLogin', CAUSE, 'sync'),
  postVerify: letter('postVerify', {}, 'sync'),
  passwordChanged: letter('passwordChanged', CAUSE, 'sync'),
};
const QUERY = `uid=${UID}&code=${CODE}&service=sync&redirectTo=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2&resume=e30%3D`;

/** What each template adds to the common headers. */
const OWN_HEADERS: Readonly<Record<TemplateName, Readonly<Record<string, string>>>> = {
  verify: { 'X-Verify-Code': CODE, 'X-Link': `${SITE.publicUrl}/verify_email?${QUERY}` },
  verifyShortCode: { 'X-Verify-Short-Code': '012345' },
  verifyLogin: { 'X-Verify-Code': CODE, 'X-Link': `${SITE.publicUrl}/complete_signin?${QUERY}` },
  verifyLoginCode: { 'X-Signin-Verify-Code': '012345', 'X-Verify-Short-Code': '012345' },
  newDeviceLogin: { 'X-Link': `${SITE.publicUrl}/settings` },
  postVerify: { 'X-Link': `${SITE.publicUrl}/connect_another_device` },
  passwordChanged: { 'X-Link': `${SITE.publicUrl}/reset_password` },
};

const names = Object.keys(TEMPLATES) as TemplateName[];
const htmlOf = (text: string): string => text.replaceAll('&', '&amp;');

describe.each(names)('%s', (name) => {
  const mail = renderLetter(LETTERS[name], SITE);

  test('has exactly the headers of the reference', () => {
    expect(mail.headers).toEqual({
      'X-Template-Name': name,
      'X-Template-Version': '1',
      'X-Uid': UID,
      'X-Service-ID': 'sync',
      'Content-Language': 'en',
      'Auto-Submitted': 'auto-generated',
      ...OWN_HEADERS[name],
    });
  });

  test('says the same in text and in HTML: digits, link, device and time', () => {
    const link = OWN_HEADERS[name]['X-Link'];
    const digits = OWN_HEADERS[name]['X-Verify-Short-Code'];
    if (link !== undefined) {
      expect(mail.text).toContain(`\n${link}\n`);
      expect(mail.html).toContain(`href="${htmlOf(link)}"`);
    }
    if (digits !== undefined) {
      expect(mail.text).toContain(`\n    ${digits}\n`);
      expect(mail.html).toContain(`>${digits}</p>`);
    }
    if ('device' in LETTERS[name].values) {
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain('Device: Firefox on Linux');
        expect(part).toMatch(/Time: November 21, 2026 at 11:05\sPM UTC/);
      }
    }
    expect(mail.html).toContain('Fox &amp; Den');
    expect(mail.subject).not.toBe('');
    // A word that Fluent could not fill in would stay visible in braces.
    expect(`${mail.subject}${mail.text}`).not.toMatch(/[{}]/);
  });

  test('loads nothing from elsewhere and runs nothing', () => {
    expect(mail.html).not.toMatch(/<(?:img|link|script|iframe|object)\b|url\(|@import|\bsrc=/i);
  });
});

test('what is not given leaves no trace: no empty parameter, header or line', () => {
  const mail = renderLetter(letter('verify', { code: CODE, resume: '' }), SITE);
  expect(mail.headers['X-Link']).toBe(`${SITE.publicUrl}/verify_email?uid=${UID}&code=${CODE}`);
  expect(Object.keys(mail.headers)).not.toContain('X-Service-ID');
  const notice = renderLetter(letter('newDeviceLogin', {}), SITE);
  expect(notice.text).not.toMatch(/Device|Time|undefined/);
});

test('whatever is put in stays one line in headers and subject, and escaped in HTML', () => {
  const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r\nBcc: a@b', '<script>', '"><b x="', "'&'"));
  fc.assert(
    fc.property(nasty, nasty, (device, service) => {
      const mail = renderLetter(letter('verifyLoginCode', { code: '<i>1', device, time: TIME }, service), {
        publicUrl: 'https://fox.example',
        siteName: `<u>\r\nX: y`,
      });
      for (const line of [mail.subject, ...Object.values(mail.headers)]) {
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }
      const tags = mail.html.replace(/<style>.*?<\/style>/s, '').match(/<\/?[a-z0-9!]+/gi) ?? [];
      const known = ['!doctype', 'html', 'head', 'meta', 'title', 'style', 'body', 'div', 'p', 'h1'];
      expect(tags.filter((tag) => !known.includes(tag.replace(/[</]/g, '').toLowerCase()))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('language', () => {
  const available: [{ tag: string }, ...{ tag: string }[]] = [
    { tag: 'en' },
    { tag: 'de' },
    { tag: 'pt-BR' },
    { tag: 'pt-PT' },
  ];
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['DE-at', 'de'],
    ['fr, de;q=0.5, en;q=0.9', 'en'],
    ['fr;q=0.9, de;q=0.95', 'de'],
    ['pt-PT, pt-BR;q=0.9', 'pt-PT'],
    ['pt', 'pt-BR'],
    ['de;q=0, en', 'en'],
    ['*', 'en'],
    ['x'.repeat(5000), 'en'],
    [';;,q=1,,de', 'de'],
  ])('%j is answered in %s', (acceptLanguage, tag) => {
    expect(negotiateLanguage(acceptLanguage, available).tag).toBe(tag);
  });
});
