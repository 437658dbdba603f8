import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type State, withAccount } from './account.js';
import { compare } from './compare.js';
import { type Doom, type MortalServer, startMortalServer } from './mortal-server.js';
import { OPERATIONS, type Operation, signIn } from './operations.js';

const RUNS = 14;
const PASSWORDS = ['correct horse', 'battery staple', 'tr0ub4dor & 3'] as const;

interface Step {
  readonly name: string;
  /** Which password a new one is, counted from the current one; 0 sets the same again. */
  readonly passwordsOn: number;
  readonly isVersion2: boolean;
  /** How the server dies during it, if it does. */
  readonly doom: Doom | undefined;
}

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...OPERATIONS.map(({ name }) => name).filter((name) => name !== 'sign up')),
  passwordsOn: fc.integer({ min: 0, max: 2 }),
  isVersion2: fc.boolean(),
  doom: fc.option(fc.record({ write: fc.integer({ min: 1, max: 8 }), isCommitted: fc.boolean() }), {
    nil: undefined,
    freq: 2,
  }),
});

function operationNamed(wanted: string): Operation {
  const operation = OPERATIONS.find(({ name }) => name === wanted);
  if (operation === undefined) throw new Error(`no operation ${wanted}`);
  return operation;
}

async function perform(mortal: MortalServer, state: State, step: Step): Promise<State> {
  const { name, passwordsOn, isVersion2, doom } = step;
  const operation = operationNamed(name);
  const current = PASSWORDS.findIndex((password) => password === state.account?.password);
  const choices = { password: PASSWORDS[(current + passwordsOn) % 3] ?? PASSWORDS[0], isVersion2 };
  // Mails are in the order of their time, and a server that starts counts anew within a millisecond.
  mortal.server.clock.advance(1);
  if (doom === undefined) {
    return compare(mortal.server, await operation.run(mortal.server, state, choices, () => {}));
  }
  const before = await signedIn(mortal, state);
  let decided: State | undefined;
  const note = (after: State): void => {
    decided = after;
  };
  mortal.doom(doom);
  const after = await operation.run(mortal.server, before, choices, note).catch(() => undefined);
  await mortal.restart();
  if (after !== undefined) return compare(mortal.server, after);
  if (decided === undefined) return compare(mortal.server, before);
  return compareEither(mortal, before, decided);
}

/** With sessions that live, so that it is seen whether they end; what an operation writes is then its own. */
async function signedIn({ server }: MortalServer, state: State): Promise<State> {
  if (state.account === undefined) return state;
  const session = state.account.session ?? (await signIn(server, state.account));
  const [other = await signIn(server, state.account)] = state.account.others;
  return withAccount(state, { session, others: [other, ...state.account.others.slice(1)] });
}

/** What a death in the deciding request left, counted. */
const found = { undone: 0, done: 0 };

/** Whatever an operation was doing when the server died, the account is as before it or as after it. */
async function compareEither({ server }: MortalServer, before: State, after: State): Promise<State> {
  const [asAfter] = await Promise.allSettled([compare(server, after)]);
  if (asAfter.status === 'fulfilled') {
    found.done += 1;
    return asAfter.value;
  }
  const [asBefore] = await Promise.allSettled([compare(server, before)]);
  if (asBefore.status === 'rejected') throw new AggregateError([asAfter.reason, asBefore.reason], 'half done');
  found.undone += 1;
  return asBefore.value;
}

/** Every operation, in an order in which each is possible; new passwords, and an upgrade of the same one. */
const ORDER: readonly (readonly [name: string, passwordsOn: number, isVersion2: boolean])[] = [
  ['turn two-step authentication on', 0, false],
  ['make a recovery key', 0, false],
  ['sign in elsewhere', 0, false],
  ['reset the password with the recovery key', 1, false],
  ['change the password', 0, true],
  ['change the password', 1, false],
  ['make a recovery key', 0, false],
  ['remove the recovery key', 0, false],
  ['reset the password without the recovery key', 1, true],
  ['turn two-step authentication off', 0, false],
  ['delete the account', 0, false],
];

const SIGN_UP = { name: 'sign up', doom: undefined };

/** Undisturbed, and with the server dying at each early write. */
const EVERYTHING: [Step[]][] = [undefined, ...dooms()].map((doom) => [
  ORDER.map(([name, passwordsOn, isVersion2]) => ({ name, passwordsOn, isVersion2, doom })),
]);

function dooms(): Doom[] {
  return [1, 2, 3, 4, 5].flatMap((write) => [true, false].map((isCommitted) => ({ write, isCommitted })));
}

test('whatever a person does and whenever the server dies, kB stays, no change is half made, and what was ended stays ended', async () => {
  const performed = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const mortal = await startMortalServer();
      try {
        let state: State = { account: undefined, formerPasswords: [], endedSessions: [] };
        for (const each of steps) {
          if (state.account === undefined) state = await perform(mortal, state, { ...each, ...SIGN_UP });
          if (!operationNamed(each.name).possible(state)) continue;
          state = await perform(mortal, state, each);
          performed.add(each.name);
        }
      } finally {
        await mortal.close();
      }
    }),
    { numRuns: RUNS, examples: EVERYTHING },
  );
  // Otherwise the property would hold of nothing.
  expect([...performed].sort()).toEqual([...new Set(ORDER.map(([name]) => name))].sort());
  expect(Math.min(found.done, found.undone)).toBeGreaterThan(5);
}, 300_000);
