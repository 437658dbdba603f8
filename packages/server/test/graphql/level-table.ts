import { ServiceError } from '../../src/errors.js';
import { guardSession, LEVELS } from '../../src/graphql/guards.js';
import { MUTATIONS } from '../../src/graphql/mutations.js';
import type { Operation } from '../../src/graphql/operation.js';
import { QUERIES } from '../../src/graphql/queries.js';
import { Refusal } from '../../src/graphql/refusal.js';
import type { Session } from '../../src/sessions/index.js';

export const OPERATIONS: Readonly<Record<string, Operation>> = { ...QUERIES, ...MUTATIONS };

type Standing = Pick<Session, 'emailVerified' | 'tokenVerified' | 'mustVerify' | 'aal' | 'accountAal'>;

const VERIFIED: Standing = { emailVerified: true, tokenVerified: true, mustVerify: false, aal: 1, accountAal: 1 };

/** What a caller may hold: a header, and the standing of the session that it finds. */
export const STATES = {
  'no header': { header: undefined, session: undefined },
  'malformed token': { header: 'Bearer abc', session: undefined },
  'unknown token': { header: `Bearer ${'0'.repeat(64)}`, session: undefined },
  'account unverified': { session: { ...VERIFIED, emailVerified: false, tokenVerified: false } },
  '… and must verify': { session: { ...VERIFIED, emailVerified: false, tokenVerified: false, mustVerify: true } },
  'session unverified': { session: { ...VERIFIED, tokenVerified: false } },
  '… must verify': { session: { ...VERIFIED, tokenVerified: false, mustVerify: true } },
  'second factor not shown': { session: { ...VERIFIED, accountAal: 2 } },
  '… at sign-in': { session: { ...VERIFIED, tokenVerified: false, mustVerify: true, accountAal: 2 } },
  verified: { session: VERIFIED },
  '… with second factor': { session: { ...VERIFIED, aal: 2, accountAal: 2 } },
} as const satisfies Record<string, { header?: string | undefined; session: Standing | undefined }>;

export type State = keyof typeof STATES;

/** An answer of the guards: a message, an errno, or that the operation runs. */
export type Verdict = string | number;
export const RUNS = 'runs';

/** What the guards of an operation say to a caller in a state. */
export async function verdictOf({ guard, level }: Operation, state: State): Promise<Verdict> {
  if (guard === 'none') return RUNS;
  const {
    header = `Bearer ${'1'.repeat(64)}`,
    session,
  }: { header?: string | undefined; session: Standing | undefined } = STATES[state];
  try {
    const found = await guardSession(
      async () => session as Session | undefined,
      state === 'no header' ? undefined : header,
      guard,
    );
    LEVELS[level](found);
    return RUNS;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    if (error instanceof ServiceError) return error.definition.errno;
    throw error;
  }
}

/** The table as Markdown: operations by states, then operations by routes. */
export async function levelsMarkdown(): Promise<string> {
  const states = Object.keys(STATES) as State[];
  const rows = await Promise.all(
    Object.entries(OPERATIONS)
      .filter(([, { guard }]) => guard !== 'none')
      .map(async ([name, operation]) => {
        const verdicts = await Promise.all(states.map((state) => verdictOf(operation, state)));
        return [`\`${name}\``, ...verdicts.map((verdict) => (verdict === RUNS ? '✓' : String(verdict)))];
      }),
  );
  return table(['', ...states], rows);
}

export function twinsMarkdown(): string {
  const rows = Object.entries(OPERATIONS).map(([name, { guard, level, twins }]) => [
    `\`${name}\``,
    guard === 'none' ? '—' : level === 'session' ? guard : `${guard}, ${level}`,
    twins.map(({ method, path }) => `\`${method} ${path}\``).join(', ') || '—',
  ]);
  return table(['Operation', 'Session', 'REST routes'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
