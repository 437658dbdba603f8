import { SCOPE_OLDSYNC, SCOPE_PROFILE, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FirefoxAccount, FxaError, type FxaState } from '../src/index.js';
import { begin, VPN, World } from './support/accounts.js';
import type { Fault } from './support/model-server.js';

const SCOPES = [SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN, VPN];
const FAULTS: readonly Fault[] = [
  'offline',
  'dropped',
  { status: 401, errno: 110 },
  { status: 403, errno: 112 },
  { status: 429, errno: 114, headers: { 'Retry-After': '5' } },
  { status: 500 },
  { status: 503, headers: { 'Retry-After': '5' }, body: '<html>' },
];

/** What a run does; `at` is the request, counted within the step, that goes wrong. */
interface Step {
  readonly do:
    | 'begin'
    | 'complete'
    | 'cancel'
    | 'check'
    | 'profile'
    | 'token'
    | 'password'
    | 'capabilities'
    | 'crash'
    | 'revoke';
  readonly scope: string;
  readonly fault: Fault | undefined;
  readonly at: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(
    'begin',
    'begin',
    'complete',
    'complete',
    'complete',
    'cancel',
    'check',
    'profile',
    'token',
    'password',
    'capabilities',
    'crash',
    'revoke',
  ),
  scope: fc.constantFrom(...SCOPES),
  fault: fc.option(fc.constantFrom(...FAULTS), { nil: undefined }),
  at: fc.nat(6),
});

const faultless = (...actions: Step['do'][]): Step[] =>
  actions.map((action) => ({ do: action, scope: VPN, fault: undefined, at: 0 }));

/** Thrown by the storage to end a process in the middle of a step. */
class Crash extends Error {}

interface Kept {
  readonly refresh_token: { readonly scopes: readonly string[] } | null;
  readonly suspect_refresh_token?: { readonly scopes: readonly string[] };
  readonly lost_scopes?: readonly string[];
  readonly scoped_keys: Readonly<Record<string, unknown>>;
  readonly commands_data: Readonly<Record<string, string>>;
  readonly current_device_id: string | null;
}

async function walk(exchangeable: boolean, withSession: boolean, steps: readonly Step[]): Promise<void> {
  const world = new World();
  if (exchangeable) world.server.exchangeable = SCOPES;
  const first = [SCOPE_PROFILE, SCOPE_OLDSYNC, ...(withSession ? [SCOPE_SESSION_TOKEN] : [])];
  let account = await world.signedIn(first);
  /** Everything that the person has allowed and the account has had. */
  const had = new Set<string>(first);

  for (const { do: action, scope, fault, at } of steps) {
    let count = -1;
    world.server.fault = () => {
      count += 1;
      return count === at ? fault : undefined;
    };
    world.clock.advance(30);
    try {
      await perform(world, account, action, scope);
    } catch (error) {
      if (!(error instanceof FxaError)) throw error;
    }
    world.server.fault = () => undefined;
    if (action === 'crash') account = await world.restart();
    check(account, had);
  }

  // However it went, the person can sign in, and then has everything again.
  world.clock.advance(120);
  if (account.getState().type === 'Authenticating') await account.processEvent({ type: 'CancelOAuthFlow' });
  await account.processEvent({ type: 'CheckAuthorizationStatus' });
  if (!hasAll(account, had)) await world.signIn(account, [SCOPE_PROFILE]);
  expect(account.getState()).toMatchObject({ type: 'Connected' });
  expect(hasAll(account, had)).toBe(true);
  expect((await account.getAccessToken(SCOPE_OLDSYNC)).key?.k).toBe(world.server.syncKey.k);
  expect((await account.ensureCapabilities(['SendTab', 'CloseTabs'])).capabilities).toHaveLength(2);
  // And nothing of it depended on what is not stored.
  expect((await world.restart()).getState()).toEqual(account.getState());
}

async function perform(world: World, account: FirefoxAccount, action: Step['do'], scope: string): Promise<void> {
  const state = account.getState();
  switch (action) {
    case 'begin':
      await account.processEvent(begin(scope));
      return;
    case 'complete':
      if (state.type === 'Authenticating') await account.processEvent(world.redirect(account));
      return;
    case 'cancel':
      if (state.type === 'Authenticating') await account.processEvent({ type: 'CancelOAuthFlow' });
      return;
    case 'check':
      await account.processEvent({ type: 'CheckAuthorizationStatus' });
      return;
    case 'profile':
      if (state.type === 'Connected') await account.processEvent({ type: 'CallGetProfile' });
      return;
    case 'token':
      await account.getAccessToken(scope);
      return;
    case 'password':
      if (state.type === 'Connected' || state.type === 'AuthIssues') {
        const jsonPayload = JSON.stringify({ sessionToken: await world.server.newSession() });
        await account.processEvent({ type: 'WebChannelPasswordChange', jsonPayload });
      }
      return;
    case 'capabilities':
      await account.ensureCapabilities(['SendTab', 'CloseTabs']);
      return;
    case 'revoke':
      world.server.revokeEverything();
      return;
    case 'crash':
      return;
  }
}

/** No step may lose what was had: the scopes are held or remembered, the keys and the device are there. */
function check(account: FirefoxAccount, had: Set<string>): void {
  const kept = JSON.parse(account.toJson()) as Kept;
  for (const scope of kept.refresh_token?.scopes ?? []) had.add(scope);
  const tokens = [kept.refresh_token, kept.suspect_refresh_token];
  const known = [...tokens.flatMap((token) => token?.scopes ?? []), ...(kept.lost_scopes ?? [])];
  expect([...had].filter((scope) => !known.includes(scope))).toEqual([]);
  expect(Object.keys(kept.scoped_keys)).toContain(SCOPE_OLDSYNC);
  expect(Object.keys(kept.commands_data)).toHaveLength(2);
  expect(kept.current_device_id).not.toBeNull();
  expect(['Connected', 'Authenticating', 'AuthIssues'] satisfies FxaState['type'][]).toContain(account.getState().type);
}

function hasAll(account: FirefoxAccount, had: ReadonlySet<string>): boolean {
  return account.getState().type === 'Connected' && account.hasScope([...had].join(' '));
}

it('no sequence of events, faults and restarts loses scopes, keys or the device, and none strands the person', async () => {
  await fc.assert(fc.asyncProperty(fc.boolean(), fc.boolean(), fc.array(step, { minLength: 1, maxLength: 14 }), walk), {
    numRuns: 150,
    examples: [
      // Scopes that went with a dead token are not forgotten when the session changes,
      [false, true, faultless('begin', 'revoke', 'complete', 'password')],
      // nor when the token that came after is dead too.
      [false, true, faultless('begin', 'revoke', 'complete', 'revoke')],
    ],
  });
});

it('a crash after any save of a flow loses nothing either', async () => {
  for (const exchangeable of [true, false]) {
    for (let crashAt = 1; crashAt < 6; crashAt += 1) {
      const world = new World();
      if (exchangeable) world.server.exchangeable = SCOPES;
      const account = await world.signedIn();
      const had = new Set([SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN]);
      const { save } = world.storage;
      let saves = 0;
      world.storage.save = async (json) => {
        await save(json);
        saves += 1;
        if (saves === crashAt) throw new Crash();
      };
      await world.signIn(account, [VPN]).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      world.storage.save = save;
      const restarted = await world.restart();
      check(restarted, had);
      await restarted.processEvent({ type: 'CheckAuthorizationStatus' });
      expect(restarted.getState().type).toBe('Connected');
      await world.signIn(restarted, [VPN]);
      expect(hasAll(restarted, new Set([...had, VPN]))).toBe(true);
    }
  }
});
