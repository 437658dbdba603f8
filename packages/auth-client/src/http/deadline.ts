import { AuthClientError } from './error.js';

/**
 * Runs a task with a signal that ends it after `timeout` milliseconds, or when the caller's own signal does.
 * @throws AuthClientError `timeout`, `aborted`, or `network` with what the task threw as cause; its own errors as they are
 */
export async function withDeadline<T>(
  timeout: number,
  outer: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeout);
  const abort = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', abort);
  if (outer?.aborted === true) abort();
  try {
    return await task(controller.signal);
  } catch (cause) {
    if (cause instanceof AuthClientError) throw cause;
    if (outer?.aborted === true) throw new AuthClientError({ kind: 'aborted', message: 'The call was ended', cause });
    if (late) throw new AuthClientError({ kind: 'timeout', message: `No answer within ${timeout} ms`, cause });
    throw new AuthClientError({ kind: 'network', message: 'The server cannot be reached', cause });
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}
