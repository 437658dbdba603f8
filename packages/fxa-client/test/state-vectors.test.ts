import { describe, expect, it } from 'vitest';
import vectors from '../../../test/fixtures/vectors/client.json';
import {
  EFFECTS,
  type FxaEvent,
  type FxaState,
  type FxaStateCheckerEvent,
  FxaStateMachineChecker,
  TRANSITIONS,
} from '../src/index.js';
import { follow, resolve, runEvent } from '../src/state/run-event.js';
import type { Effect, Next } from '../src/state/table.js';
import { deviceConfig } from './support/accounts.js';

const EVENTS: Readonly<Record<FxaEvent['type'], FxaEvent>> = {
  Initialize: { type: 'Initialize', deviceConfig },
  BeginOAuthFlow: { type: 'BeginOAuthFlow', scopes: ['profile'], entrypoint: 'test' },
  BeginPairingFlow: { type: 'BeginPairingFlow', pairingUrl: 'https://a.example', scopes: [], entrypoint: 'test' },
  CompleteOAuthFlow: { type: 'CompleteOAuthFlow', code: 'c', state: 's' },
  CancelOAuthFlow: { type: 'CancelOAuthFlow' },
  CheckAuthorizationStatus: { type: 'CheckAuthorizationStatus' },
  Disconnect: { type: 'Disconnect' },
  CallGetProfile: { type: 'CallGetProfile' },
  WebChannelPasswordChange: { type: 'WebChannelPasswordChange', jsonPayload: '{}' },
};

function stateOf(name: string): FxaState {
  const [, initialState = 'Connected'] = /initial=(\w+)/.exec(name) ?? [];
  if (name.startsWith('Authenticating')) {
    return { type: 'Authenticating', oauthUrl: 'u', initialState: initialState as 'Connected' };
  }
  return name === 'Connected' ? { type: name, scopes: [] } : ({ type: name } as FxaState);
}

/** How the effects end under a vector's outcome. Where a failure leads to AuthIssues, ours must be the definite one. */
function outcomesOf({ event, outcome, to, from }: Vector): Partial<Record<Effect, string>> {
  const failed = to.endsWith('(then on_auth_issues)') ? 'inactive' : 'failed';
  switch (event) {
    case 'Initialize':
      if (outcome.includes('Disconnected')) return { readAuthState: 'disconnected' };
      if (outcome.includes('AuthIssues')) return { readAuthState: 'authIssues' };
      return { readAuthState: 'connected', ensureCapabilities: outcome.includes('fails') ? failed : 'ok' };
    case 'CompleteOAuthFlow':
      if (outcome === 'complete_oauth_flow error') return { completeOAuthFlow: 'failed' };
      return {
        completeOAuthFlow: from.includes('Connected') ? 'added' : 'signedIn',
        initializeDevice: outcome.includes('initialize_device error') ? 'failed' : 'ok',
      };
    case 'CheckAuthorizationStatus': {
      const ends = { active: 'active', inactive: 'inactive', error: 'failed', 'inactive or error': 'failed' };
      return { checkAuthorizationStatus: ends[outcome as keyof typeof ends] };
    }
    default: {
      const end = outcome === 'error' ? failed : 'ok';
      const all = Object.keys(EFFECTS).map((effect) => [effect, end]);
      return Object.fromEntries(all);
    }
  }
}

type Vector = (typeof vectors.state_machine_2026.transitions)[number];

/** The two transitions that are defects of the original (client §11.2, number 4): signed in is signed in. */
const DEFECTS: Readonly<Record<string, string>> = {
  'Authenticating(initial=Disconnected) CompleteOAuthFlow initialize_device error': 'Connected',
  'Authenticating(initial=AuthIssues) CompleteOAuthFlow initialize_device error': 'Connected',
};

describe('the 57 transitions of the machine of 2026', () => {
  it('are all here', () => {
    expect(vectors.state_machine_2026.transitions).toHaveLength(57);
  });

  it.each(vectors.state_machine_2026.transitions)('$from, $event, $outcome → $to', async (vector) => {
    const { from, event, outcome, to } = vector;
    const ends = outcomesOf(vector);
    const done: Effect[] = [];
    const state = stateOf(from);
    const result = await runEvent(state, EVENTS[event as FxaEvent['type']], async (effect) => {
      done.push(effect);
      return { outcome: ends[effect] ?? 'ok' };
    });
    const wanted =
      DEFECTS[`${from} ${event} ${outcome}`] ?? (to === 'unchanged' ? state.type : to.replace(/[ (].*$/, ''));
    expect(result.to).toBe(wanted);
    // Cancelling also ends, quietly, what the flow has brought; no step of the original's is missing.
    expect(done.filter((effect) => effect !== 'forgetFlow')).toHaveLength(vector.steps.length);
  });
});

describe('the whole table', () => {
  const states: FxaState[] = [
    { type: 'Uninitialized' },
    { type: 'Disconnected' },
    { type: 'Authenticating', oauthUrl: 'u', initialState: 'Disconnected' },
    { type: 'Authenticating', oauthUrl: 'u', initialState: 'Connected' },
    { type: 'Authenticating', oauthUrl: 'u', initialState: 'AuthIssues' },
    { type: 'Connected', scopes: ['profile'] },
    { type: 'AuthIssues' },
  ];
  const pairs = states.flatMap((state) => Object.values(EVENTS).map((event) => ({ state, event })));

  /** Every way through a cell: the outcomes taken, and where it ends. */
  function paths(
    next: Next,
    state: FxaState,
    taken: readonly string[] = [],
  ): { taken: readonly string[]; to: string }[] {
    if (typeof next === 'string') return [{ taken, to: resolve(next, state) }];
    return EFFECTS[next.effect].flatMap((outcome) =>
      paths(follow(next, outcome), state, [...taken, `${next.effect}:${outcome}`]),
    );
  }

  it('answers every outcome of every effect of every pair of state and event, and refuses the other pairs', async () => {
    const summary: Record<string, string> = {};
    for (const { state, event } of pairs) {
      const cell = TRANSITIONS[state.type][event.type];
      const name = `${state.type === 'Authenticating' ? `Authenticating{${state.initialState}}` : state.type} ${event.type}`;
      if (cell === undefined) {
        const refused = runEvent(state, event, () => Promise.reject(new Error('an effect was begun')));
        await expect(refused, name).rejects.toMatchObject({ name: 'FxaError', kind: 'Other' });
        summary[name] = 'refused';
        continue;
      }
      for (const { taken, to } of paths(cell, state)) {
        const outcomes = [...taken];
        const result = await runEvent(state, event, async (effect) => {
          const [own = '', outcome = ''] = (outcomes.shift() ?? '').split(':');
          expect(own).toBe(effect);
          return { outcome };
        });
        expect(result.to, `${name} ${taken}`).toBe(to);
        expect(outcomes).toEqual([]);
        summary[[name, ...taken].join(' ')] = to;
      }
    }
    expect(summary).toMatchSnapshot();
  });

  it('leads to AuthIssues only by an answer that the authorization has ended, and to Uninitialized never', () => {
    for (const { state, event } of pairs) {
      const cell = TRANSITIONS[state.type][event.type];
      if (cell === undefined) continue;
      for (const { taken, to } of paths(cell, state)) {
        if (state.type !== 'Uninitialized') expect(to).not.toBe('Uninitialized');
        if (to !== 'AuthIssues' || state.type === 'AuthIssues') continue;
        if (state.type === 'Authenticating' && state.initialState === 'AuthIssues') continue;
        expect(taken.at(-1), `${state.type} ${event.type}`).toMatch(/:(?:inactive|authIssues)$/);
      }
    }
  });

  it('lets the person sign in, cancel or sign out from every state but Uninitialized', () => {
    for (const { type } of states) {
      if (type === 'Uninitialized') continue;
      expect(Object.keys(TRANSITIONS[type])).toEqual(expect.arrayContaining(['BeginOAuthFlow', 'Disconnect']));
    }
  });
});

describe('the 29 paths of the seed', () => {
  const START: Record<string, readonly [FxaEvent['type'], readonly string[]][]> = {
    Uninitialized: [],
    Disconnected: [['Initialize', ['GetAuthStateSuccess(Disconnected)']]],
    Connected: [['Initialize', ['GetAuthStateSuccess(Connected)', 'EnsureDeviceCapabilitiesSuccess']]],
    AuthIssues: [
      [
        'Initialize',
        ['GetAuthStateSuccess(Connected)', 'EnsureCapabilitiesAuthError', 'CheckAuthorizationStatusSuccess(false)'],
      ],
    ],
    Authenticating: [
      ['Initialize', ['GetAuthStateSuccess(Disconnected)']],
      ['BeginOAuthFlow', ['BeginOAuthFlowSuccess(oauth_url)']],
    ],
  };

  function internalEvent(text: string): FxaStateCheckerEvent {
    const [, type = '', data = ''] = /^(\w+)(?:\((\w+)\))?$/.exec(text) ?? [];
    return { type, authState: data, active: data === 'true', oauthUrl: data } as unknown as FxaStateCheckerEvent;
  }

  function checkerIn(state: string): FxaStateMachineChecker {
    const checker = new FxaStateMachineChecker();
    for (const [event, path] of START[state] ?? []) {
      checker.handlePublicEvent(EVENTS[event]);
      for (const step of path) checker.handleInternalEvent(internalEvent(step));
    }
    expect(checker.problem).toBeNull();
    return checker;
  }

  it('are all here', () => {
    expect(vectors.state_machine_seed.paths).toHaveLength(29);
  });

  it.each(vectors.state_machine_seed.paths)('$public_state, $event, $path → $result', (vector) => {
    const { public_state, event, path, result } = vector;
    const checker = checkerIn(public_state);
    const sent = EVENTS[event as FxaEvent['type']];
    checker.handlePublicEvent(sent);
    const { type: _, ...data } = sent;
    for (const [index, step] of path.entries()) {
      const carries = ['BeginOAuthFlow', 'BeginPairingFlow', 'CompleteOAuthFlow'].includes(step);
      if (index % 2 === 1) checker.handleInternalEvent(internalEvent(step));
      else checker.checkInternalState({ type: step, ...(carries && data) } as never);
    }
    const [, target] = /^Complete\((.*)\)$/.exec(result) ?? [];
    const ended = target ?? public_state;
    checker.checkPublicState(
      ended.startsWith('Authenticating')
        ? { type: 'Authenticating', oauthUrl: 'oauth_url' }
        : ({ type: ended } as { type: 'Connected' }),
    );
    expect(checker.problem).toBeNull();
  });

  it('reports the first difference, and nothing after it', () => {
    const checker = checkerIn('Connected');
    checker.checkPublicState({ type: 'Disconnected' });
    const { problem } = checker;
    expect(problem).toContain('Connected');
    checker.handlePublicEvent(EVENTS.CancelOAuthFlow);
    expect(checker.problem).toBe(problem);
  });

  it.each(['Connected', 'Disconnected', 'AuthIssues'])('reports an event that %s does not take', (state) => {
    const checker = checkerIn(state);
    checker.handlePublicEvent(EVENTS.CompleteOAuthFlow);
    expect(checker.problem).toContain('CompleteOAuthFlow');
  });
});
