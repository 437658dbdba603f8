import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../packages/server/src/mail/templates/languages.js';

it('pages and mails come in the same languages', () => {
  const folders = readdirSync(new URL('../../packages/web/src/messages/', import.meta.url), { withFileTypes: true });
  const pages = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(pages.sort()).toEqual(LANGUAGES.map(({ tag }) => tag).sort());
});
