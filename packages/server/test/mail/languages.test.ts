import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, language } from '../../src/mail/templates/languages.js';
import { ar } from '../../src/mail/templates/messages/ar.js';
import { en } from '../../src/mail/templates/messages/en.js';
import { renderLetter } from '../../src/mail/templates/render-letter.js';
import { TEMPLATES } from '../../src/mail/templates/templates.js';
import { codeLetter, UID } from './mail-fixture.js';

const SITE = { publicUrl: 'https://fox.example', siteName: 'Foxden' };

/** Every text of a resource (`message` or `message.attribute`) with the names of the variables in it. */
function variables(messages: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { id, value, attributes } of new FluentResource(messages).body) {
    const texts = { ...(value === null ? {} : { [id]: value }), ...prefixed(id, attributes) };
    for (const [name, pattern] of Object.entries(texts)) found[name] = variableNames(pattern);
  }
  return found;
}

function prefixed(id: string, attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, pattern]) => [`${id}.${name}`, pattern]));
}

function variableNames(pattern: unknown): string[] {
  const names = [...JSON.stringify(pattern).matchAll(/"type":"var","name":"(\w+)"/g)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}

describe('the Arabic words', () => {
  test('are there for every English one, with the same variables, and for no other', () => {
    const english = variables(en);
    // The look into Fluent's patterns sees what is there.
    expect(english).toMatchObject({ 'lowRecoveryCodes.intro': ['remaining'], footer: ['host', 'site'] });
    expect(variables(ar)).toEqual(english);
  });

  test('are Arabic: none was left in Latin letters', () => {
    const words = [...ar.matchAll(/(?:= |\] )(.*)/g)].map(([, text = '']) => text.replace(/\{.*?\}/g, ''));
    expect(words.length).toBeGreaterThan(150);
    expect(words.filter((text) => /[A-Za-z]/.test(text))).toEqual([]);
  });
});

test.each(LANGUAGES.map(({ tag, bundle }) => [tag, bundle] as const))(
  '%s has words for every template',
  (_tag, bundle) => {
    expect(Object.keys(TEMPLATES).filter((name) => !bundle.hasMessage(name))).toEqual([]);
  },
);

test.each([
  ['en', 0, 'It was the last one.'],
  ['en', 1, 'One code is left.'],
  ['en', 2, '2 codes are left.'],
  ['ar', 0, 'كان ذلك آخر الرموز.'],
  ['ar', 1, 'بقي رمز واحد.'],
  ['ar', 2, 'بقي رمزان.'],
  ['ar', 3, 'بقيت 3 رموز.'],
  ['ar', 11, 'بقي 11 رمزًا.'],
])('counts as %s does: %i', (locale, remaining, words) => {
  const { text } = renderLetter(
    { template: 'postSigninRecoveryCode', to: 'fox@example.org', uid: UID, locale, values: { remaining } },
    SITE,
  );
  expect(text).toContain(words);
});

describe('a language that is not complete', () => {
  const klingon = language(
    'tlh',
    'rtl',
    'verifyShortCode =\n .subject = S\n .heading = H\n .intro = I\n .note = N\ndevice = D: { $device }',
  );
  const languages = [LANGUAGES[0], klingon] as const;

  test('is spoken where it has the words, with the shared ones it lacks in the first language', () => {
    const { text, headers, html } = renderLetter(codeLetter({ locale: 'tlh' }), SITE, languages);
    expect(headers['Content-Language']).toBe('tlh');
    expect(html).toContain('dir="rtl"');
    expect(text).toMatch(/^H\n\nI\n\n {4}123456\n\nN\n\n-- \nThis mail was sent by Foxden/);
  });

  test('leaves the other mails to the first language, with its direction', () => {
    const values = { code: '123456' };
    const letter = { template: 'verifyLoginCode', to: 'fox@example.org', uid: UID, locale: 'tlh', values } as const;
    const { subject, headers, html } = renderLetter(letter, SITE, languages);
    expect([subject, headers['Content-Language']]).toEqual(['Your Foxden sign-in code', 'en']);
    expect(html).toContain('dir="ltr"');
  });
});
