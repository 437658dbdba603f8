import type { ErrorName, InAppError } from './machine/errors.js';
import type { FlowType, StateName } from './machine/states.js';
import type { Target, Trigger } from './machine/table.js';

/** What an application may count (in-app-auth §13). Nothing in it says who the person is. */
export type TelemetryEvent =
  | { readonly name: 'step'; readonly flow: FlowType; readonly state: StateName }
  | { readonly name: 'loginStarted' | 'registrationStarted' | 'loginEnded' | 'registrationCompleted' }
  | { readonly name: 'twoFaVerificationSucceeded' | 'twoFaVerificationFailed'; readonly type: CodeType }
  | { readonly name: 'error'; readonly reason: ErrorName; readonly errno: number | undefined }
  | { readonly name: 'deleteAccountClicked' };

export type CodeType = 'unblock_code' | 'email' | 'totp';

/** One step of the machine, as telemetry sees it. */
export interface Step {
  readonly flow: FlowType;
  readonly from: StateName;
  readonly trigger: Trigger;
  readonly to: Target;
  readonly error: InAppError | undefined;
  /** The account was created in this flow. */
  readonly isNewAccount: boolean;
}

const CODE_TYPES: Partial<Record<StateName, CodeType>> = {
  VerifyingUnblockCode: 'unblock_code',
  VerifyingSessionEmailCode: 'email',
  VerifyingSessionTotpCode: 'totp',
};

const ACCEPTED: ReadonlySet<Trigger> = new Set<Trigger>(['verified', 'emailCodeNeeded', 'totpCodeNeeded']);
const REFUSED: ReadonlySet<Trigger> = new Set<Trigger>([
  'InvalidUnblockCode',
  'InvalidEmailCode',
  'InvalidOrExpiredVerificationCode',
  'InvalidTotpCode',
]);

/** What a step is counted as. */
export function telemetryOf(step: Step): readonly TelemetryEvent[] {
  const { flow, to, error } = step;
  return [
    ...(flow === 'default' ? outcomes(step) : []),
    ...(step.trigger === 'deleteAccount' ? [{ name: 'deleteAccountClicked' } as const] : []),
    ...(error === undefined ? [] : [{ name: 'error', reason: error.name, errno: error.errno } as const]),
    ...(to === 'End' || to === step.from ? [] : [{ name: 'step', flow, state: to } as const]),
  ];
}

function outcomes({ from, trigger, isNewAccount }: Step): readonly TelemetryEvent[] {
  if (trigger === 'signIn') return [{ name: 'loginStarted' }];
  if (trigger === 'signUp') return [{ name: 'registrationStarted' }];
  if (trigger === 'signedIn') return [{ name: isNewAccount ? 'registrationCompleted' : 'loginEnded' }];
  const type = CODE_TYPES[from];
  if (type === undefined) return [];
  if (ACCEPTED.has(trigger)) return [{ name: 'twoFaVerificationSucceeded', type }];
  return REFUSED.has(trigger) ? [{ name: 'twoFaVerificationFailed', type }] : [];
}
