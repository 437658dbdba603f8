import { FxaError } from '../errors/fxa-error.js';
import type { AuthState, FxaEvent, FxaState, StateName } from './states.js';
import { type Effect, type Next, type Step, type Target, TRANSITIONS } from './table.js';

/** How an effect ended. */
export interface EffectResult {
  readonly outcome: string;
  /** Why it did not end well. */
  readonly cause?: FxaError;
}

/** Carries an effect out. What it throws is a fault of the program; failures of the world are outcomes. */
export type Perform = (effect: Effect, event: FxaEvent) => Promise<EffectResult>;

/** Where an event led. */
export interface Transition {
  readonly to: StateName;
  readonly cause?: FxaError;
}

/**
 * Takes an event through the table (client §4.2).
 * @throws FxaError `Other` when the state does not take the event; nothing was done then
 */
export async function runEvent(state: FxaState, event: FxaEvent, perform: Perform): Promise<Transition> {
  let next: Next | undefined = TRANSITIONS[state.type][event.type];
  if (next === undefined) throw new FxaError('Other', `Invalid state transition: ${event.type} in ${state.type}`);
  let last: EffectResult | undefined;
  while (typeof next !== 'string') {
    last = await perform(next.effect, event);
    next = follow(next, last.outcome);
  }
  const to = resolve(next, state);
  return last?.cause === undefined ? { to } : { to, cause: last.cause };
}

/** What follows an outcome of a step. */
export function follow(step: Step, outcome: string): Next {
  const next = (step.on as Readonly<Record<string, Next | undefined>>)[outcome];
  if (next === undefined) throw new Error(`${step.effect} cannot end with ${outcome}`);
  return next;
}

/** The state that a target means, seen from the state before. */
export function resolve(target: Target, from: FxaState): StateName {
  if (target === 'Unchanged') return from.type;
  return target === 'Initial' ? initialState(from) : target;
}

/** Where a flow that is begun in a state leads back to. */
export function initialState(state: FxaState): AuthState {
  if (state.type === 'Authenticating') return state.initialState;
  return state.type === 'Uninitialized' ? 'Disconnected' : state.type;
}
