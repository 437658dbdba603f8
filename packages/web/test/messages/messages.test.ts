import { readdirSync, readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { fluent } from '../../build/fluent.js';
import { message } from '../../src/messages/message.js';
import { createMessages } from '../../src/messages/messages.js';

const src = new URL('../../src/', import.meta.url);
const folder = new URL('messages/en/', src);
const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const ids = files.flatMap(({ text }) => new FluentResource(text).body.map(({ id }) => id));

const source = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(new URL(name, src), 'utf8'))
  .join('\n');

/** Ids that the source names, a template's gap standing for anything. */
const used = [...source.matchAll(/['`]([a-z]+(?:-(?:[a-z0-9]+|\$\{[^}]+\}))+)['`]/g)].map(
  ([, id = '']) => new RegExp(`^${id.replaceAll(/\$\{[^}]+\}/g, '[a-z-]+')}$`),
);
const named = [...source.matchAll(/(?:text|message)\(\s*(?:[^'()]*\? )?'([^']+)'(?:\s*:\s*'([^']+)')?/g)]
  .flatMap(([, first, second]) => [first, second])
  .filter((id) => id !== undefined);

describe('the English texts', () => {
  it('have every id that the pages name', () => {
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('have no id that no page names', () => {
    const single = ['title', 'loading'];
    expect(ids.filter((id) => !single.includes(id) && !used.some((pattern) => pattern.test(id)))).toEqual([]);
  });

  it('have no id twice', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(files)('of $name can be said, with what is to be filled in', ({ text }) => {
    const bundle = new FluentBundle('en');
    bundle.addResource(new FluentResource(text));
    for (const { id } of new FluentResource(text).body) {
      const names = new RegExp(`^${id} =[^]*?(?=^[a-z#]|(?![^]))`, 'm').exec(text)?.[0].matchAll(/\$(\w+)/g) ?? [];
      const args = Object.fromEntries([...names].map(([, name = '']) => [name, 2]));
      const errors: Error[] = [];
      expect(bundle.formatPattern(bundle.getMessage(id)?.value ?? '', args, errors)).not.toBe('');
      expect(errors, id).toEqual([]);
    }
  });

  it('neither shout nor use words of the trade', () => {
    const said = files.map(({ text }) => text.replaceAll(/^#.*$|\{[^}]*\}|^[\w-]+ =/gm, '')).join('\n');
    expect(said).not.toMatch(/!/);
    expect(said).not.toMatch(/\b(session|token|scope|OAuth|client|invalid)\b/i);
  });
});

describe('the Arabic texts', () => {
  const arabic = readdirSync(new URL('messages/ar/', src)).filter((name) => name.endsWith('.ftl'));
  const read = (name: string, language: string) =>
    new FluentResource(readFileSync(new URL(`messages/${language}/${name}`, src), 'utf8'));
  /** What is to be filled into a message. */
  const gaps = (message: object) => [...new Set(JSON.stringify(message).match(/"type":"var","name":"\w+"/g))].sort();

  it('are those of every English file', () => {
    expect(arabic).toEqual(files.map(({ name }) => name));
  });

  it.each(files)('of $name are the same, with the same to be filled in', ({ name }) => {
    const of = (language: string) =>
      Object.fromEntries(read(name, language).body.map((message) => [message.id, gaps(message)]));
    expect(of('ar')).toEqual(of('en'));
  });

  it('are written from right to left', async () => {
    const texts = { './base.ftl': read('base.ftl', 'ar') };
    const messages = createMessages(['ar-EG'], { './ar/index.ts': async () => texts });
    await messages.add({ name: 'base', english: read('base.ftl', 'en') });
    expect(messages.format(message('text-direction'))).toBe('rtl');
    expect(messages.format(message('failure-throttled-minutes', { minutes: 7 }))).toContain('7');
  });
});

describe('messages', () => {
  const english = new FluentResource('hello = Hello { $name }\nbye = Goodbye');
  const translations = {
    './de/index.ts': async () => ({ './base.ftl': new FluentResource('hello = Hallo { $name }') }),
    './pt-BR/index.ts': async () => ({ './base.ftl': new FluentResource('hello = Oi { $name }') }),
    './nl/index.ts': async () => Promise.reject(new TypeError('offline')),
  };
  const inLanguages = async (...wanted: string[]) => {
    const messages = createMessages(wanted, translations);
    await messages.add({ name: 'base', english });
    return messages;
  };

  it.each([
    [['en-GB'], 'en'],
    [['de'], 'de'],
    [['de-AT'], 'de'],
    [['pt-BR'], 'pt-BR'],
    [['pt-PT', 'de'], 'de'],
    [['fr', 'ja'], 'en'],
    [['fr', 'en', 'de'], 'en'],
    [[], 'en'],
  ])('for %o are in %s', async (wanted, locale) => {
    expect((await inLanguages(...wanted)).locale).toBe(locale);
  });

  it('can be had in every language that there is', async () => {
    expect((await inLanguages('de')).languages).toEqual(['en', 'de', 'pt-BR', 'nl']);
  });

  it('are said in English where the translation lacks them', async () => {
    const messages = await inLanguages('de');
    expect(messages.format(message('hello', { name: 'Rosa' }))).toBe('Hallo \u2068Rosa\u2069');
    expect(messages.format(message('bye'))).toBe('Goodbye');
  });

  it('are said in English where the translation cannot be loaded', async () => {
    expect((await inLanguages('nl')).format(message('bye'))).toBe('Goodbye');
  });

  it('are said in English where the translation lacks the part', async () => {
    const messages = await inLanguages('de');
    await messages.add({ name: 'more', english: new FluentResource('more = More') });
    expect(messages.format(message('more'))).toBe('More');
  });
});

describe('the build', () => {
  const transform = (text: string): unknown => {
    const hook = fluent().transform as { handler: (this: object, code: string, id: string) => unknown };
    const error = (reason: string) => {
      throw new Error(reason);
    };
    return hook.handler.call({ error }, text, 'test.ftl');
  };

  it('gives the same resource as reading the file at run time', () => {
    const text = 'hello = Hello { $name }\n# why\ncount = { $n ->\n    [one] one\n   *[other] many\n}';
    const { code } = transform(text) as { code: string };
    const body: unknown = JSON.parse(code.replace(/^export const resource = |;$/g, ''));
    expect(body).toEqual(JSON.parse(JSON.stringify(new FluentResource(text))));
  });

  it('stops at a text that Fluent would leave out', () => {
    expect(() => transform('hello = Hello\nbroken = { $name')).toThrow(/broken/);
  });
});
