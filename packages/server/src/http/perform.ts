import type { Caller, Context } from '../context.js';
import { ServiceError } from '../errors.js';
import type { Subject } from '../limits/index.js';
import type { ApiRequest, Route } from './route.js';
import { validatePart } from './validate.js';

/** A request for a route by somebody who is known; its parts are checked here. */
export interface Attempt {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  /** The body's numbers and booleans came as text. */
  readonly isForm: boolean;
  /** What authentication gave for the route. */
  readonly credentials: unknown;
  readonly caller: Caller;
  readonly headers: ApiRequest<unknown>['headers'];
}

/**
 * Does what a route is for, however the request came: checks its parts, counts it against the limits, calls the operation.
 * @throws MISSING_PARAMETER, INVALID_PARAMETER, THROTTLED; whatever the operation throws
 */
export async function perform(context: Context, route: Route, attempt: Attempt): Promise<unknown> {
  const { endpoint, options } = route;
  const { caller, credentials, body } = attempt;
  validatePart(endpoint, 'params', attempt.params);
  validatePart(endpoint, 'query', attempt.query);
  validatePart(endpoint, 'body', body, attempt.isForm);
  const subject = subjectOf(caller, credentials, body);
  for (const action of [options.limit ?? []].flat()) await context.limits.check(action, subject);
  const request = attempt as Attempt & ApiRequest<never>;
  return countFailure(context, route, subject, () => route.handle(context, request));
}

async function countFailure<T>(context: Context, route: Route, subject: Subject, work: () => Promise<T>): Promise<T> {
  const { limitFailed } = route.options;
  if (limitFailed === undefined) return work();
  try {
    return await work();
  } catch (error) {
    const action = error instanceof ServiceError ? limitFailed[error.definition.name] : undefined;
    if (action !== undefined) await context.limits.failed(action, subject);
    throw error;
  }
}

/** Who an attempt is counted for: the session's account and address, else those that the body names. */
function subjectOf(caller: Caller, credentials: unknown, body: unknown): Subject {
  return {
    ip: caller.address,
    uid: textMember(credentials, 'uid') ?? textMember(body, 'uid'),
    email: textMember(body, 'email') ?? textMember(credentials, 'email'),
  };
}

function textMember(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const member: unknown = (value as Record<string, unknown>)[name];
  return typeof member === 'string' ? member : undefined;
}
