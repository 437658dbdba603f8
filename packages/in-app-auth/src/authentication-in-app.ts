import { resendSessionCode } from '@foxden/auth-client';
import { sendUnblockCode } from '@foxden/protocol';
import type { FlowResult, InAppEvent } from './events.js';
import { addressOf, beginningOf, createFlow, dropSession, type Flow, NOBODY, paramsOf, sessionOf } from './flow.js';
import type { InAppError } from './machine/errors.js';
import { failureOf, inAppError, type Refusal, readFailure, readResendFailure } from './machine/read-failure.js';
import { describeState, type InAppState } from './machine/state.js';
import { type FlowType, type Method, SESSION_STATES, type StateName } from './machine/states.js';
import { targetOf } from './machine/table.js';
import { validateEmailAddress, validatePasswordEmail, validatePasswordLength } from './passwords/checks.js';
import { type CommonPasswords, commonPasswords } from './passwords/common-passwords.js';
import { type TelemetryEvent, telemetryOf } from './telemetry.js';
import { type Outcome, type Workplace, workOf } from './work.js';

export interface AuthenticationInAppOptions<Result>
  extends Pick<Workplace<Result>, 'client' | 'relyingParty' | 'openBrowser'> {
  /** False: an unknown address goes on in the browser. */
  readonly accountCreation?: boolean;
  /** False: the whole sign-in is the browser's. */
  readonly inApp?: boolean;
  /** What becomes of the session that a sign-in makes; it is destroyed when left out. */
  readonly session?: 'destroy' | 'handOver';
  readonly commonPasswords?: CommonPasswords;
  readonly telemetry?: (event: TelemetryEvent) => void;
  /** Whether the device has a network at all. */
  readonly isOnline?: () => boolean;
}

/** A method was called in a state that does not have it: a mistake of the front end. Nothing was sent. */
export class WrongStateError extends Error {
  override readonly name = 'WrongStateError';

  constructor(method: Method, state: StateName) {
    super(`${method}() cannot be called in ${state}`);
  }
}

/**
 * A sign-in inside an application: the state says what to show and what may be called, every call leads to another state
 * (in-app-auth §2). One flow runs at a time; all methods throw {@link WrongStateError} where the state lacks them.
 */
export class AuthenticationInApp<Result> {
  readonly #options: AuthenticationInAppOptions<Result>;
  readonly #place: Workplace<Result>;
  readonly #commonPasswords: CommonPasswords;
  readonly #isOnline: () => boolean;
  readonly #listeners = new Set<(event: InAppEvent<Result>) => void>();
  readonly #untold: InAppEvent<Result>[] = [];
  #isTelling = false;
  #state: InAppState = IDLE;
  #flow: Flow | undefined;
  #working: Promise<unknown> = Promise.resolve();
  #settle: (result: FlowResult<Result>) => void = () => undefined;

  constructor(options: AuthenticationInAppOptions<Result>) {
    this.#options = options;
    this.#place = { accountCreation: true, inApp: true, ...options };
    this.#commonPasswords = options.commonPasswords ?? commonPasswords();
    this.#isOnline = options.isOnline ?? (() => true);
  }

  get state(): InAppState {
    return this.#state;
  }

  /** Calls a listener on every event, until the function that it gives is called. */
  subscribe(listener: (event: InAppEvent<Result>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Begins a flow; gives what it came to when nothing is left of it.
   * @param of `email` skips the question for it; flows of somebody who is signed in need it
   */
  start(of: { readonly type?: FlowType; readonly email?: string } = {}): Promise<FlowResult<Result>> {
    if (this.#flow !== undefined) throw new WrongStateError('start', this.#state.name);
    const { type = 'default', email = '' } = of;
    if (type !== 'default' && email === '') throw new TypeError('the address of who is signed in is missing');
    const flow = createFlow(this.#place.client, type, email);
    this.#flow = flow;
    const result = new Promise<FlowResult<Result>>((resolve) => {
      this.#settle = resolve;
    });
    this.#enter(flow, 'Initializing');
    return result;
  }

  /** @param emailAddress as typed */
  checkAccount(emailAddress: string): void {
    const flow = this.#allow('checkAccount');
    flow.person = { ...NOBODY, email: emailAddress };
    this.#take(flow, { trigger: 'checkAccount' });
  }

  /** Keeps the password for the next step; nothing is sent. */
  setPassword(password: string): void {
    const flow = this.#allow('setPassword');
    flow.person = { ...flow.person, password };
  }

  signIn(): void {
    this.#take(this.#allow('signIn'), { trigger: 'signIn' });
  }

  signUp(): void {
    this.#take(this.#allow('signUp'), { trigger: 'signUp' });
  }

  verifyUnblockCode(code: string): void {
    this.#verify('verifyUnblockCode', code);
  }

  resendUnblockCodeEmail(): void {
    this.#mailUnblockCode(this.#allow('resendUnblockCodeEmail'));
  }

  verifySessionEmailCode(code: string): void {
    this.#verify('verifySessionEmailCode', code);
  }

  resendVerificationSessionCodeEmail(): void {
    const flow = this.#allow('resendVerificationSessionCodeEmail');
    const { signal } = flow.controller;
    void this.#aside(flow, resendSessionCode(this.#place.client, sessionOf(flow), signal));
  }

  verifySessionTotpCode(code: string): void {
    this.#verify('verifySessionTotpCode', code);
  }

  deleteAccount(): void {
    this.#take(this.#allow('deleteAccount'), { trigger: 'deleteAccount' });
  }

  /** Back to the question for the address: everything typed is forgotten, a session is given up. */
  reset(): void {
    const flow = this.#allow('reset');
    flow.person = NOBODY;
    this.#take(flow, { trigger: 'reset' });
  }

  /** Ends the flow, also in the middle of a request. What a request still brings is given up with the rest. */
  cancel(): void {
    const flow = this.#allow('cancel');
    const pending = MAKES_SESSION.has(this.#state.name) ? this.#working : Promise.resolve();
    this.#close(flow);
    flow.controller.abort();
    void pending.then(() => this.#end(flow, { type: 'aborted' }));
  }

  validateEmailAddress(emailAddress: string): boolean {
    return validateEmailAddress(emailAddress);
  }

  validatePasswordLength(password: string): boolean {
    return validatePasswordLength(password);
  }

  /** Loads the list of common passwords when it is first asked. */
  validatePasswordCommons(password: string): Promise<boolean> {
    return this.#commonPasswords.validatePasswordCommons(password);
  }

  /** Against the address of the flow; in `SignUp` only. */
  validatePasswordEmail(password: string): boolean {
    return validatePasswordEmail(password, addressOf(this.#allow('signUp')));
  }

  #allow(method: Method): Flow {
    const flow = this.#flow;
    if (flow === undefined || flow.isEnding || !this.#state.methods.includes(method)) {
      throw new WrongStateError(method, this.#state.name);
    }
    return flow;
  }

  #verify(method: Method, code: string): void {
    const flow = this.#allow(method);
    flow.code = code;
    this.#take(flow, { trigger: method });
  }

  /** Takes a row of the table. */
  #take(flow: Flow, step: Step<Result>): void {
    const from = this.#state.name;
    const { trigger } = step;
    const to = targetOf(from, trigger, flow.type);
    if (to === undefined) throw new TypeError(`${from} knows no ${trigger}`);
    const error = errorOf(from, step);
    const counted = { flow: flow.type, from, trigger, to, error, isNewAccount: flow.isNewAccount };
    for (const event of telemetryOf(counted)) this.#options.telemetry?.(event);
    if (to === 'End') {
      void this.#end(flow, resultOf(flow, step, this.#options.session));
    } else {
      this.#enter(flow, to, error);
      if (trigger === 'blocked') this.#mailUnblockCode(flow);
    }
  }

  #enter(flow: Flow, name: StateName, error?: InAppError): void {
    if (!SESSION_STATES.has(name)) dropSession(this.#place.client, flow);
    if (name === 'Start') flow.person = { ...flow.person, password: '' };
    if (name === 'FallbackInBrowser') {
      flow.browserUrl = this.#place.relyingParty.browserUrl(beginningOf(flow), paramsOf(flow));
    }
    const data = { ...flow, flow: flow.type, emailAddress: addressOf(flow) };
    const state = describeState(name, data, error);
    this.#show(state, error);
    if (name === 'FallbackInBrowser') {
      this.#emit({ type: 'fallbackRequired', url: flow.browserUrl, emailAddress: addressOf(flow) });
    }
    // A listener may have called the next method already.
    if (this.#state !== state || flow.isEnding) return;
    const work = workOf(name, this.#place, flow);
    if (work !== undefined) this.#working = this.#await(flow, name, work);
  }

  async #await(flow: Flow, name: StateName, work: Promise<Outcome<Result>>): Promise<void> {
    const outcome = await work.catch((thrown: unknown) => this.#read(flow, name, thrown));
    if (!flow.isEnding) this.#take(flow, outcome);
  }

  #read(flow: Flow, name: StateName, thrown: unknown): Refusal {
    if (targetOf(name, 'Unexpected', flow.type) !== undefined) return readFailure(thrown, name, this.#isOnline);
    return { trigger: 'failed', failure: failureOf(thrown, this.#isOnline), cause: thrown };
  }

  #mailUnblockCode(flow: Flow): void {
    const body = { email: addressOf(flow) };
    const { signal } = flow.controller;
    void this.#aside(flow, this.#place.client.call(sendUnblockCode, { body, signal }));
  }

  /** A request beside the flow: it changes no state, and concerns nobody once the screen that asked for it is left. */
  async #aside(flow: Flow, request: Promise<unknown>): Promise<void> {
    const asked = this.#state;
    try {
      await request;
    } catch (thrown) {
      if (this.#state !== asked || flow.isEnding) return;
      const error = readResendFailure(thrown, asked.name);
      this.#state = { ...asked, error };
      this.#emit({ type: 'errorOccurred', error });
    }
  }

  async #end(flow: Flow, result: FlowResult<Result>): Promise<void> {
    const settle = this.#settle;
    this.#close(flow);
    if (result.type !== 'aborted') this.#emit(result);
    dropSession(this.#place.client, flow);
    await Promise.all(flow.cleanup);
    if (result.type === 'aborted') this.#emit(result);
    this.#emit({ type: 'terminated' });
    this.#flow = undefined;
    this.#show(IDLE);
    settle(result);
  }

  /** From here on, nothing can be called and no answer counts. */
  #close(flow: Flow): void {
    flow.isEnding = true;
    this.#state = { ...this.#state, methods: [] };
  }

  #show(state: InAppState, error?: InAppError): void {
    this.#state = state;
    this.#emit(
      { type: 'stateChanged', state },
      ...(error === undefined ? [] : [{ type: 'errorOccurred', error } as const]),
    );
  }

  /** What a listener causes is told after what it was told, so that every listener hears the same order. */
  #emit(...events: readonly InAppEvent<Result>[]): void {
    this.#untold.push(...events);
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift()) {
        for (const listener of [...this.#listeners]) listener(next);
      }
    } finally {
      this.#isTelling = false;
    }
  }
}

const IDLE = describeState('Initializing', { flow: undefined, emailAddress: '', attachedClients: [], browserUrl: '' });

/** States whose request may bring a session; whoever cancels waits for it, to give it up. */
const MAKES_SESSION: ReadonlySet<StateName> = new Set<StateName>(['SigningIn', 'SigningUp', 'VerifyingUnblockCode']);

type Step<Result> = Outcome<Result> | { readonly trigger: Method };

/** A second block says that the code did not lift the first one. */
function errorOf<R>(from: StateName, step: Step<R>): InAppError | undefined {
  if ('error' in step) return step.error;
  return step.trigger === 'blocked' && from === 'VerifyingUnblockCode' ? inAppError('InvalidUnblockCode') : undefined;
}

/** What a flow comes to that ends with a step. A session that is handed over is the flow's no more. */
function resultOf<R>(flow: Flow, step: Step<R>, session: 'destroy' | 'handOver' | undefined): FlowResult<R> {
  switch (step.trigger) {
    case 'signedIn': {
      const type = flow.type === 'default' ? 'completed' : 'reauthenticated';
      const { sessionToken } = flow;
      if (session !== 'handOver' || sessionToken === undefined) return { type, result: step.result };
      flow.sessionToken = undefined;
      return { type, result: step.result, sessionToken };
    }
    case 'deleted':
      return { type: 'accountDeleted' };
    case 'browserLeft':
      return { type: 'leftToBrowser', url: flow.browserUrl };
    case 'failed':
      return { type: 'failed', failure: step.failure, cause: step.cause };
    default:
      return { type: 'failed', failure: 'AuthenticationError', cause: 'error' in step ? step.error : undefined };
  }
}
