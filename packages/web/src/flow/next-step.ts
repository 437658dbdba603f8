/** Everything that decides what a person is asked next. */
export interface Situation {
  /** The account that is meant is signed in here. */
  readonly signedIn: boolean;
  /** The person has said in this visit that it is them. */
  readonly acknowledged: boolean;
  readonly emailVerified: boolean;
  /** The account has a second factor, which this session has not proven. */
  readonly secondStepNeeded: boolean;
  /** The session may be used for what is asked for. */
  readonly sessionVerified: boolean;
  /** An application or a browser waits for an answer. */
  readonly awaited: boolean;
  /** The password must be proved in this visit, and was not yet: for keys, `prompt=login`, or `max_age`. */
  readonly passwordNeeded: boolean;
  /** There is a choice about Sync, which the person did not make yet. */
  readonly syncChoiceNeeded: boolean;
  /** The person must allow it, and did not yet. */
  readonly consentNeeded: boolean;
}

export type Step =
  | 'enter-email'
  | 'enter-password'
  | 'continue-as'
  | 'confirm-sign-up'
  | 'confirm-sign-in'
  | 'second-step'
  | 'choose-sync'
  | 'consent'
  | 'authorize'
  | 'signed-in';

/** In this order: the first line whose condition holds is the next step. */
const STEPS: readonly (readonly [Step, (situation: Situation) => boolean])[] = [
  ['enter-email', ({ signedIn }) => !signedIn],
  // Where the password is asked for anyway, that page also says who is meant.
  ['enter-password', ({ awaited, acknowledged, passwordNeeded }) => awaited && !acknowledged && passwordNeeded],
  ['continue-as', ({ awaited, acknowledged }) => awaited && !acknowledged],
  ['confirm-sign-up', ({ emailVerified }) => !emailVerified],
  ['second-step', ({ secondStepNeeded }) => secondStepNeeded],
  ['confirm-sign-in', ({ sessionVerified }) => !sessionVerified],
  ['enter-password', ({ awaited, passwordNeeded }) => awaited && passwordNeeded],
  ['choose-sync', ({ awaited, syncChoiceNeeded }) => awaited && syncChoiceNeeded],
  ['consent', ({ awaited, consentNeeded }) => awaited && consentNeeded],
  ['authorize', ({ awaited }) => awaited],
  ['signed-in', () => true],
];

/** The one place that decides the order of the steps. */
export function nextStep(situation: Situation): Step {
  const [step] = STEPS.find(([, applies]) => applies(situation)) ?? ['signed-in'];
  return step;
}
