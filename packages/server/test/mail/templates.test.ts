import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { negotiateLanguage } from '../../src/languages/index.js';
import type { Letter, TemplateName } from '../../src/mail/index.js';
import { renderLetter } from '../../src/mail/templates/render-letter.js';
import { TEMPLATES } from '../../src/mail/templates/templates.js';
import { UID } from './mail-fixture.js';

const SITE = { publicUrl: 'https://fox.example/accounts', siteName: 'Fox & Den' };
const TIME = Date.UTC(2026, 10, 21, 23, 5);
const CODE = '0123456789abcdef0123456789abcdef';
const TOKEN = 'ab'.repeat(32);
const BACK = { redirectTo: 'https://app.example/?a=1&b=2', resume: 'e30=' };
const CAUSE = { device: 'Firefox on Linux', time: TIME };

function letter<N extends TemplateName>(template: N, values: Letter<N>['values'], service?: string): Letter<N> {
  return { template, to: 'fox@example.org', locale: undefined, uid: UID, service, values };
}

const ABOUT = { email: 'vixen@example.net', ...CAUSE };

/** One letter of each kind, with everything that can be in it. */
const LETTERS: { readonly [N in TemplateName]: Letter<N> } = {
  verify: letter('verify', { code: CODE, ...BACK }, 'sync'),
  verifyShortCode: letter('verifyShortCode', { code: '012345' }, 'sync'),
  verifyLogin: letter('verifyLogin', { code: CODE, ...BACK, ...CAUSE }, 'sync'),
  verifyLoginCode: letter('verifyLoginCode', { code: '012345', ...CAUSE }, 'sync'),
  verifyPrimary: letter('verifyPrimary', { code: CODE, ...BACK, ...CAUSE }, 'sync'),
  verifySecondaryCode: letter('verifySecondaryCode', { code: '012345', linkCode: CODE, ...ABOUT }, 'sync'),
  verifyAccountChange: letter('verifyAccountChange', { code: '012345', minutes: 5, ...CAUSE }, 'sync'),
  unblockCode: letter('unblockCode', { code: 'A1B2C3D4', ...CAUSE }, 'sync'),
  newDeviceLogin: letter('newDeviceLogin', CAUSE, 'sync'),
  accountExists: letter('accountExists', { primaryEmail: 'fox@example.org', ...ABOUT }, 'sync'),
  postVerify: letter('postVerify', {}, 'sync'),
  postVerifySecondary: letter('postVerifySecondary', ABOUT, 'sync'),
  postRemoveSecondary: letter('postRemoveSecondary', ABOUT, 'sync'),
  postChangePrimary: letter('postChangePrimary', ABOUT, 'sync'),
  recovery: letter(
    'recovery',
    { token: TOKEN, code: CODE, email: 'fox@example.org', emailToHashWith: 'Fox@example.org', ...BACK, ...CAUSE },
    'sync',
  ),
  passwordForgotOtp: letter('passwordForgotOtp', { code: '01234567', ...CAUSE }, 'sync'),
  passwordReset: letter('passwordReset', CAUSE, 'sync'),
  passwordResetWithRecoveryKeyPrompt: letter('passwordResetWithRecoveryKeyPrompt', CAUSE, 'sync'),
  passwordResetAccountRecovery: letter('passwordResetAccountRecovery', CAUSE, 'sync'),
  passwordChanged: letter('passwordChanged', CAUSE, 'sync'),
  passwordChangeRequired: letter('passwordChangeRequired', {}, 'sync'),
  postAddTwoStepAuthentication: letter('postAddTwoStepAuthentication', CAUSE, 'sync'),
  postChangeTwoStepAuthentication: letter('postChangeTwoStepAuthentication', CAUSE, 'sync'),
  postRemoveTwoStepAuthentication: letter('postRemoveTwoStepAuthentication', CAUSE, 'sync'),
  postNewRecoveryCodes: letter('postNewRecoveryCodes', CAUSE, 'sync'),
  postSigninRecoveryCode: letter('postSigninRecoveryCode', { remaining: 3, ...CAUSE }, 'sync'),
  lowRecoveryCodes: letter('lowRecoveryCodes', { remaining: 2 }, 'sync'),
  postAddAccountRecovery: letter('postAddAccountRecovery', CAUSE, 'sync'),
  postChangeAccountRecovery: letter('postChangeAccountRecovery', CAUSE, 'sync'),
  postRemoveAccountRecovery: letter('postRemoveAccountRecovery', CAUSE, 'sync'),
  verificationReminderFirst: letter('verificationReminderFirst', { code: CODE }, 'sync'),
  verificationReminderSecond: letter('verificationReminderSecond', { code: CODE }, 'sync'),
  verificationReminderFinal: letter('verificationReminderFinal', { code: CODE }, 'sync'),
  cadReminderFirst: letter('cadReminderFirst', {}, 'sync'),
  cadReminderSecond: letter('cadReminderSecond', {}, 'sync'),
};

const RETURN_QUERY = 'redirectTo=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2&resume=e30%3D';
const page = (path: string) => ({ 'X-Link': `${SITE.publicUrl}${path}` });
const reminder = (which: string) => ({
  'X-Verify-Code': CODE,
  ...page(`/verify_email?uid=${UID}&code=${CODE}&reminder=${which}`),
});
const REPLACE_CODES = page('/settings/two_step_authentication/replace_codes');

/** What each template adds to the common headers. */
const OWN_HEADERS: Readonly<Record<TemplateName, Readonly<Record<string, string>>>> = {
  verify: { 'X-Verify-Code': CODE, ...page(`/verify_email?uid=${UID}&code=${CODE}&service=sync&${RETURN_QUERY}`) },
  verifyShortCode: { 'X-Verify-Short-Code': '012345' },
  verifyLogin: {
    'X-Verify-Code': CODE,
    ...page(`/complete_signin?uid=${UID}&code=${CODE}&service=sync&${RETURN_QUERY}`),
  },
  verifyLoginCode: { 'X-Signin-Verify-Code': '012345', 'X-Verify-Short-Code': '012345' },
  verifyPrimary: {
    'X-Verify-Code': CODE,
    ...page(`/verify_primary_email?code=${CODE}&uid=${UID}&type=primary&service=sync&${RETURN_QUERY}`),
  },
  verifySecondaryCode: { 'X-Verify-Short-Code': '012345', 'X-Verify-Code': CODE },
  verifyAccountChange: { 'X-Account-Change-Verify-Code': '012345' },
  unblockCode: { 'X-Unblock-Code': 'A1B2C3D4', ...page(`/report_signin?uid=${UID}&unblockCode=A1B2C3D4`) },
  newDeviceLogin: page('/settings'),
  accountExists: page('/signin?email=fox%40example.org'),
  postVerify: page('/connect_another_device'),
  postVerifySecondary: page('/settings'),
  postRemoveSecondary: page('/settings'),
  postChangePrimary: page('/settings'),
  recovery: {
    'X-Recovery-Code': CODE,
    ...page(
      `/complete_reset_password?token=${TOKEN}&code=${CODE}&email=fox%40example.org` +
        `&emailToHashWith=Fox%40example.org&uid=${UID}&service=sync&${RETURN_QUERY}`,
    ),
  },
  passwordForgotOtp: { 'X-Password-Forgot-Otp': '01234567' },
  passwordReset: page('/settings'),
  passwordResetWithRecoveryKeyPrompt: page('/settings/account_recovery'),
  passwordResetAccountRecovery: page('/settings/account_recovery'),
  passwordChanged: page('/reset_password'),
  passwordChangeRequired: page('/settings/change_password'),
  postAddTwoStepAuthentication: page('/settings'),
  postChangeTwoStepAuthentication: page('/settings'),
  postRemoveTwoStepAuthentication: page('/settings'),
  postNewRecoveryCodes: page('/settings'),
  postSigninRecoveryCode: REPLACE_CODES,
  lowRecoveryCodes: REPLACE_CODES,
  postAddAccountRecovery: page('/settings#recovery-key'),
  postChangeAccountRecovery: page('/settings#recovery-key'),
  postRemoveAccountRecovery: page('/settings#recovery-key'),
  verificationReminderFirst: reminder('first'),
  verificationReminderSecond: reminder('second'),
  verificationReminderFinal: reminder('final'),
  cadReminderFirst: page('/connect_another_device'),
  cadReminderSecond: page('/connect_another_device'),
};

const names = Object.keys(TEMPLATES) as TemplateName[];
const htmlOf = (text: string): string => text.replaceAll('&', '&amp;');

/** What a person types; the link codes stand in links only. */
const DIGITS = ['X-Verify-Short-Code', 'X-Account-Change-Verify-Code', 'X-Unblock-Code', 'X-Password-Forgot-Otp'];
const FACTS = {
  en: {
    device: 'Device: Firefox on Linux',
    time: /Time: November 21, 2026 at 11:05\sPM UTC/,
    email: 'Address: vixen@',
  },
  ar: { device: 'الجهاز: Firefox on Linux', time: /الوقت: 21 نوفمبر 2026 في 11:05\sم UTC/, email: 'العنوان: vixen@' },
} as const;
const versions = (['en', 'ar'] as const).flatMap((language) => names.map((name) => [name, language] as const));

/** The paths that the built pages answer, as the server reads them. */
const pages = createRequire(import.meta.url).resolve('@foxden/web/package.json');
const paths = JSON.parse(readFileSync(join(dirname(pages), 'dist/paths.json'), 'utf8')) as readonly string[];

test.each(names)('the link of %s leads to a page that there is', (name) => {
  const link = renderLetter(LETTERS[name] as Letter, SITE).headers['X-Link'] ?? SITE.publicUrl;
  expect(link.startsWith(SITE.publicUrl)).toBe(true);
  expect(paths).toContain(new URL(link).pathname.slice(new URL(SITE.publicUrl).pathname.length) || '/');
});

describe.each(versions)('%s in %s', (name, language) => {
  const mail = renderLetter({ ...LETTERS[name], locale: language } as Letter, SITE);

  test('has exactly the headers of the reference', () => {
    expect(mail.headers).toEqual({
      'X-Template-Name': name,
      'X-Template-Version': '1',
      'X-Uid': UID,
      'X-Service-ID': 'sync',
      'Content-Language': language,
      'Auto-Submitted': 'auto-generated',
      ...OWN_HEADERS[name],
    });
  });

  test('says the same in text and in HTML: what to type, link, address, device and time', () => {
    const link = OWN_HEADERS[name]['X-Link'];
    const typed = DIGITS.map((header) => OWN_HEADERS[name][header]).find((code) => code !== undefined);
    if (link !== undefined) {
      expect(mail.text).toContain(`\n${link}\n`);
      expect(mail.html).toContain(`href="${htmlOf(link)}"`);
    }
    if (typed !== undefined) {
      expect(mail.text).toContain(`\n    ${typed}\n`);
      expect(mail.html).toContain(`>${typed}</p>`);
    }
    const { values } = LETTERS[name];
    for (const part of [mail.text, mail.html]) {
      if ('device' in values) expect(part).toContain(FACTS[language].device);
      if ('time' in values) expect(part).toMatch(FACTS[language].time);
      if ('email' in values && name !== 'recovery') expect(part).toContain(FACTS[language].email);
    }
    expect(mail.html).toContain('Fox &amp; Den');
    expect(mail.html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
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
