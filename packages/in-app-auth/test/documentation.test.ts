import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  diagram,
  ERROR_NAMES,
  ERRORS,
  type ErrorRule,
  MACHINE,
  METHODS,
  STATE_NAMES,
  transitions,
} from '../src/index.js';
import { vectors } from './support/vectors.js';

const page = new URL('../../../docs/in-app-auth.md', import.meta.url);

/** The parts of the page that are drawn from the table; `UPDATE_DOCS=1` writes them anew. */
const PARTS: Readonly<Record<string, string>> = {
  states: table(
    ['State', 'Methods'],
    STATE_NAMES.map((name) => [code(name), methodsOf(name)]),
  ),
  diagram: `\`\`\`mermaid\n${diagram()}\`\`\``,
  errors: table(['Error', 'Errno', 'Leads to', 'Shown'], ERROR_NAMES.map(errorRow)),
};

describe('docs/in-app-auth.md', () => {
  it.each(Object.entries(PARTS))('has the %s of the table', (name, part) => {
    const text = readFileSync(page, 'utf8');
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    const right = text.replace(place, (_, start: string, end: string) => `${start}${part}\n${end}`);
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(page, right);
    else expect(text).toBe(right);
  });

  it('tells of every scenario in which the original differs', () => {
    const text = readFileSync(page, 'utf8');
    const different = vectors.scenarios.filter((scenario) => scenario.referenceDiffers ?? scenario.extension);
    expect(different.length).toBeGreaterThan(0);
    expect(different.filter(({ id }) => !text.includes(`\`${id}\``)).map(({ id }) => id)).toEqual([]);
  });
});

/** The arrows of Mozilla's page, in its own names. */
const SEED: readonly (readonly [string, readonly string[]])[] = [
  ['Initializing', ['Start']],
  ['Start', ['CheckingAccount']],
  ['CheckingAccount', ['SignIn', 'SignUp', 'Fallback']],
  ['SignIn', ['SigningIn']],
  ['SigningIn', ['signing_results']],
  ['signing_results', ['SignIn', 'UnblockCodeNeeded', 'TOTPVerificationNeeded', 'Finalize']],
  ['UnblockCodeNeeded', ['VerifyingUnblockCode']],
  ['VerifyingUnblockCode', ['signing_results', 'UnblockCodeNeeded']],
  ['TOTPVerificationNeeded', ['VerifyingSessionTOTPCode']],
  ['VerifyingSessionTOTPCode', ['signing_results', 'TOTPVerificationNeeded']],
  ['SignUp', ['SigningUp']],
  ['SigningUp', ['EmailVerification', 'Start']],
  ['EmailVerification', ['VerifyingSessionEmailCode']],
  ['VerifyingSessionEmailCode', ['Finalize', 'EmailVerification']],
  ['Finalize', ['AccountDeletionRequest']],
  ['AccountDeletionRequest', ['DeletingAccount']],
  ['DeletingAccount', ['Finalize']],
];
const CHOICE = 'signing_results';
const OUR_NAMES: Readonly<Record<string, string>> = {
  Fallback: 'FallbackInBrowser',
  Finalize: 'Finalizing',
  TOTPVerificationNeeded: 'VerificationSessionByTotpNeeded',
  VerifyingSessionTOTPCode: 'VerifyingSessionTotpCode',
  EmailVerification: 'VerificationSessionByEmailNeeded',
};

it('the diagram contains that of Mozilla’s page, whose common choice stands for an arrow to each of its results', () => {
  const results = SEED.find(([from]) => from === CHOICE)?.[1] ?? [];
  const name = (theirs: string) => OUR_NAMES[theirs] ?? theirs;
  const arrows = SEED.filter(([from]) => from !== CHOICE).flatMap(([from, targets]) =>
    targets.flatMap((to) => (to === CHOICE ? results : [to])).map((to) => `${name(from)} --> ${name(to)}:`),
  );
  expect(arrows.filter((arrow) => !diagram().includes(`  ${arrow}`))).toEqual([]);
});

describe('the table', () => {
  it('lets every state be reached', () => {
    const targets = new Set(transitions().map(({ to }) => to));
    expect(STATE_NAMES.filter((name) => !targets.has(name))).toEqual([]);
  });

  it('has a way out of every state that asks for something, and one of every state that waits', () => {
    for (const name of STATE_NAMES) {
      const row = Object.keys(MACHINE[name]);
      expect(row, name).toContain('cancel');
      expect(row.filter((trigger) => trigger !== 'cancel').length, name).toBeGreaterThan(0);
    }
  });

  it('has each method somewhere', () => {
    const triggers = new Set<string>(transitions().map(({ trigger }) => trigger));
    expect(METHODS.filter((method) => !triggers.has(method))).toEqual([]);
  });
});

function methodsOf(name: (typeof STATE_NAMES)[number]): string {
  const methods = METHODS.filter((method) => method in MACHINE[name] && method !== 'cancel').map(code);
  return methods.join(', ') || 'none: it waits';
}

function errorRow(name: (typeof ERROR_NAMES)[number]): string[] {
  const { errnos, field, to, shown }: ErrorRule = ERRORS[name];
  const numbers = [...errnos.map(String), ...(field === undefined ? [] : [`107 on ${code(field)}`])].join(', ');
  return [code(name), numbers, to === 'back' ? 'back' : code(to), shown];
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
