import type { FailureName, InAppError } from './machine/errors.js';
import type { InAppState } from './machine/state.js';

/** What a front end is told. On an error the state changes first (in-app-auth §2.3). */
export type InAppEvent<Result> =
  | { readonly type: 'stateChanged'; readonly state: InAppState }
  | { readonly type: 'errorOccurred'; readonly error: InAppError }
  /** The sign-in goes on in a browser. */
  | { readonly type: 'fallbackRequired'; readonly url: string; readonly emailAddress: string }
  | FlowResult<Result>
  /** Nothing is left of the flow, on this side or on the server's. */
  | { readonly type: 'terminated' };

/** What a flow comes to. */
export type FlowResult<Result> =
  | SignedInResult<'completed', Result>
  | SignedInResult<'reauthenticated', Result>
  | { readonly type: 'accountDeleted' }
  | { readonly type: 'failed'; readonly failure: FailureName; readonly cause: unknown }
  | { readonly type: 'aborted' }
  /** Without a way to open a browser, that is left to the application. */
  | { readonly type: 'leftToBrowser'; readonly url: string };

interface SignedInResult<Type extends string, Result> {
  readonly type: Type;
  readonly result: Result;
  /** hex, 64 digits: the application's to keep and to destroy; only where it asked for that */
  readonly sessionToken?: string;
}
