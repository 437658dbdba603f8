import type { AuthenticationInApp } from './authentication-in-app.js';
import type { FlowResult } from './events.js';

/** When to ask a person to sign in again: when the resource wants it, before it is asked, or not at all. */
export type StepUpPolicy = 'ifNeeded' | 'always' | 'never';

/** The person did not sign in again; `result` says what the flow came to instead. */
export class StepUpError extends Error {
  override readonly name = 'StepUpError';
  readonly result: FlowResult<unknown>;

  constructor(result: FlowResult<unknown>) {
    super(`Signing in again came to ${result.type}`);
    this.result = result;
  }
}

/**
 * Asks for a resource that may want a recent sign-in, which it says with status 401; after the sign-in it is asked once
 * more, and that answer stands (in-app-auth §10).
 * @param of `request` is given what the relying party made of the new sign-in, once there is one
 * @throws StepUpError when the person did not sign in again
 * @throws WrongStateError when the machine is busy
 */
export async function requestWithStepUp<Result>(of: {
  readonly machine: AuthenticationInApp<Result>;
  readonly email: string;
  readonly policy?: StepUpPolicy;
  readonly request: (result?: Result) => Promise<Response>;
}): Promise<Response> {
  const { machine, email, policy = 'ifNeeded', request } = of;
  if (policy !== 'always') {
    const response = await request();
    if (response.status !== 401 || policy === 'never') return response;
  }
  const result = await machine.start({ type: 'reauthentication', email });
  if (result.type !== 'reauthenticated') throw new StepUpError(result);
  return request(result.result);
}
