import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { configMarkdown, explainConfig } from '../../src/config/index.js';
import { SETTINGS } from '../../src/config/settings.js';

const page = fileURLToPath(new URL('../../../../docs/configuration.md', import.meta.url));

test('docs/configuration.md is what the settings table says (UPDATE_DOCS=1 writes it)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, configMarkdown());
  expect(readFileSync(page, 'utf8')).toBe(configMarkdown());
});

test('the terminal text explains every setting and fits a terminal', () => {
  const text = explainConfig();
  for (const { environment, example } of Object.values(SETTINGS)) {
    expect(text).toContain(`\n${environment}\n`);
    expect(text).toContain(`example  ${environment}=${example}\n`);
  }
  const prose = text.split('\n').filter((line) => !/^ {4}(?:accepts|default|example) /.test(line));
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(88);
});
