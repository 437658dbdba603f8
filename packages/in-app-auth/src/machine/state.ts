import type { InAppError } from './errors.js';
import type { FlowType, Method, StateName } from './states.js';
import { methodsOf } from './table.js';

/** Lengths of the codes, in characters. */
export const TOTP_CODE_LENGTH = 6;
export const SESSION_EMAIL_CODE_LENGTH = 6;
export const UNBLOCK_CODE_LENGTH = 8;

/** What every screen may need. */
export interface StateBase {
  /** The flow that runs; undefined between two flows. */
  readonly flow: FlowType | undefined;
  /** The methods that may be called now. */
  readonly methods: readonly Method[];
  /** The address of the flow in lower case; empty before one was given. */
  readonly emailAddress: string;
  /** What the last step came to, until the next one is taken. */
  readonly error?: InAppError;
}

/** What some screens need besides. */
interface Extras {
  readonly UnblockCodeNeeded: { readonly codeLength: number };
  readonly VerificationSessionByEmailNeeded: { readonly codeLength: number };
  readonly VerificationSessionByTotpNeeded: { readonly codeLength: number };
  readonly AccountDeletionRequest: { readonly attachedClients: readonly string[] };
  readonly DeletingAccount: { readonly attachedClients: readonly string[] };
  readonly FallbackInBrowser: { readonly url: string };
}

type StateOf<N extends StateName> = StateBase & { readonly name: N } & (N extends keyof Extras ? Extras[N] : unknown);

/** A state as a front end draws it: a union to `switch` over by `name`. */
export type InAppState = { [N in StateName]: StateOf<N> }[StateName];

/** What states are described from. */
export interface StateData {
  readonly flow: FlowType | undefined;
  readonly emailAddress: string;
  readonly attachedClients: readonly string[];
  readonly browserUrl: string;
}

export function describeState(name: StateName, data: StateData, error?: InAppError): InAppState {
  const { flow, emailAddress, attachedClients } = data;
  const base = { flow, methods: methodsOf(name, flow), emailAddress, ...(error !== undefined && { error }) };
  switch (name) {
    case 'UnblockCodeNeeded':
      return { ...base, name, codeLength: UNBLOCK_CODE_LENGTH };
    case 'VerificationSessionByEmailNeeded':
      return { ...base, name, codeLength: SESSION_EMAIL_CODE_LENGTH };
    case 'VerificationSessionByTotpNeeded':
      return { ...base, name, codeLength: TOTP_CODE_LENGTH };
    case 'AccountDeletionRequest':
    case 'DeletingAccount':
      return { ...base, name, attachedClients };
    case 'FallbackInBrowser':
      return { ...base, name, url: data.browserUrl };
    default:
      return { ...base, name };
  }
}
