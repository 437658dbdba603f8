import { ERROR_NAMES, ERRORS, type ErrorName } from './errors.js';
import { type FlowType, METHODS, type Method, STATE_NAMES, type StateName } from './states.js';

/** What the work of a state can come to, besides an error. */
export const ANSWERS = [
  'ready',
  'addressKnown',
  'webOnly',
  'accountExists',
  'accountUnknown',
  'accountUnknownInApp',
  'noPassword',
  'onlyLinked',
  'verified',
  'emailCodeNeeded',
  'totpCodeNeeded',
  'blocked',
  'signedIn',
  'clientsListed',
  'deleted',
  'browserReturned',
  'browserLeft',
  'failed',
] as const;
export type Answer = (typeof ANSWERS)[number];

export type Trigger = Method | Answer | ErrorName;
export type Target = StateName | 'End';
/** Where a trigger leads in flows that sign in, and in those of somebody who is signed in; nowhere where it is left out. */
interface Fork {
  readonly default?: Target;
  readonly reauthentication?: Target;
}
export type Row = Readonly<Partial<Record<Trigger, Target | Fork>>>;

/** A flow of somebody who is signed in has no step that asks for an address. */
const START: Fork = { default: 'Start', reauthentication: 'End' };
const RESET = { reset: { default: 'Start' }, cancel: 'End' } as const satisfies Row;

/** The states whose work asks whether a code is right, by the state that such an error leads to. */
const ASKED_BY: Partial<Record<StateName, StateName>> = {
  VerificationSessionByEmailNeeded: 'VerifyingSessionEmailCode',
  VerificationSessionByTotpNeeded: 'VerifyingSessionTotpCode',
};

/** Every error, from a state that works: to the state that the error names, or back (in-app-auth §7). */
function errors(from: StateName, back: Target | Fork): Row {
  return Object.fromEntries(ERROR_NAMES.map((name) => [name, errorTarget(name, from, back)]));
}

function errorTarget(name: ErrorName, from: StateName, back: Target | Fork): Target | Fork {
  const { to } = ERRORS[name];
  if (to === 'back') return back;
  // A screen for a code is of no use to whom no such code was asked of.
  if (to in ASKED_BY && ASKED_BY[to] !== from) return back;
  if (name === 'TooManyRequests') return { default: 'Start', reauthentication: 'SignIn' };
  return to === 'Start' ? START : to;
}

const working = (from: StateName, back: Target | Fork, answers: Row): Row => ({
  ...answers,
  ...errors(from, back),
  failed: 'End',
  cancel: 'End',
});

const SIGNED_IN = {
  verified: 'Finalizing',
  emailCodeNeeded: 'VerificationSessionByEmailNeeded',
  totpCodeNeeded: 'VerificationSessionByTotpNeeded',
  blocked: 'UnblockCodeNeeded',
} as const satisfies Row;

/**
 * The machine (in-app-auth §3): from each state, where each trigger leads. The code runs it, the tests enumerate it and
 * the documentation draws it. A trigger that leads to its own state changes nothing.
 */
export const MACHINE: Readonly<Record<StateName, Row>> = {
  Initializing: {
    start: 'Initializing',
    ready: 'Start',
    addressKnown: 'CheckingAccount',
    webOnly: 'FallbackInBrowser',
    failed: 'End',
    cancel: 'End',
  },
  Start: { checkAccount: 'CheckingAccount', ...RESET },
  CheckingAccount: working('CheckingAccount', START, {
    accountExists: 'SignIn',
    accountUnknown: 'SignUp',
    accountUnknownInApp: 'FallbackInBrowser',
    noPassword: 'IsStubAccount',
    onlyLinked: 'IsSsoAccount',
    blocked: 'UnblockCodeNeeded',
  }),
  SignIn: { setPassword: 'SignIn', signIn: 'SigningIn', ...RESET },
  SignUp: {
    setPassword: { default: 'SignUp' },
    signUp: { default: 'SigningUp' },
    // Whoever is signed in has an account.
    failed: { reauthentication: 'End' },
    ...RESET,
  },
  SigningIn: working('SigningIn', 'SignIn', SIGNED_IN),
  SigningUp: working('SigningUp', 'SignUp', SIGNED_IN),
  UnblockCodeNeeded: {
    setPassword: 'UnblockCodeNeeded',
    verifyUnblockCode: 'VerifyingUnblockCode',
    resendUnblockCodeEmail: 'UnblockCodeNeeded',
    ...RESET,
  },
  VerifyingUnblockCode: working('VerifyingUnblockCode', 'UnblockCodeNeeded', SIGNED_IN),
  VerificationSessionByEmailNeeded: {
    verifySessionEmailCode: 'VerifyingSessionEmailCode',
    resendVerificationSessionCodeEmail: 'VerificationSessionByEmailNeeded',
    ...RESET,
  },
  VerifyingSessionEmailCode: working('VerifyingSessionEmailCode', 'VerificationSessionByEmailNeeded', {
    verified: 'Finalizing',
    blocked: 'UnblockCodeNeeded',
  }),
  VerificationSessionByTotpNeeded: { verifySessionTotpCode: 'VerifyingSessionTotpCode', ...RESET },
  VerifyingSessionTotpCode: working('VerifyingSessionTotpCode', 'VerificationSessionByTotpNeeded', {
    verified: 'Finalizing',
    blocked: 'UnblockCodeNeeded',
  }),
  IsStubAccount: { checkAccount: 'CheckingAccount', ...RESET },
  IsSsoAccount: { checkAccount: 'CheckingAccount', ...RESET },
  Finalizing: {
    signedIn: 'End',
    clientsListed: 'AccountDeletionRequest',
    deleted: 'End',
    failed: 'End',
    cancel: 'End',
  },
  AccountDeletionRequest: { deleteAccount: 'DeletingAccount', cancel: 'End' },
  DeletingAccount: working('DeletingAccount', 'AccountDeletionRequest', {
    deleted: 'Finalizing',
    blocked: 'UnblockCodeNeeded',
  }),
  FallbackInBrowser: { browserReturned: 'Finalizing', browserLeft: 'End', failed: 'End', cancel: 'End' },
};

/** Where a trigger leads from a state in a flow; undefined when it does not belong there. */
export function targetOf(from: StateName, trigger: Trigger, flow: FlowType): Target | undefined {
  const target = MACHINE[from][trigger];
  if (target === undefined || typeof target === 'string') return target;
  return flow === 'default' ? target.default : target.reauthentication;
}

/** What may be called in a state. `start` is for the time between two flows, when nothing else is. */
export function methodsOf(state: StateName, flow: FlowType | undefined): readonly Method[] {
  if (flow === undefined) return ['start'];
  return METHODS.filter((method) => method !== 'start' && targetOf(state, method, flow) !== undefined);
}

export interface Transition {
  readonly from: StateName;
  readonly trigger: Trigger;
  readonly to: Target;
  /** The flows in which it is so; both when left out. */
  readonly only?: keyof Fork;
}

/** The table row by row. */
export function transitions(): readonly Transition[] {
  return STATE_NAMES.flatMap((from) =>
    (Object.entries(MACHINE[from]) as readonly [Trigger, Target | Fork][]).flatMap(
      ([trigger, target]): Transition[] => {
        if (typeof target === 'string') return [{ from, trigger, to: target }];
        const { default: inDefault, reauthentication } = target;
        if (inDefault === reauthentication && inDefault !== undefined) return [{ from, trigger, to: inDefault }];
        return [
          ...(inDefault === undefined ? [] : [{ from, trigger, to: inDefault, only: 'default' as const }]),
          ...(reauthentication === undefined
            ? []
            : [{ from, trigger, to: reauthentication, only: 'reauthentication' as const }]),
        ];
      },
    ),
  );
}
