import type { Endpoint } from '@foxden/protocol';
import type { Clock } from '../client.js';
import { AuthClientError } from './error.js';
import { errorName } from './error-name.js';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The JSON object or list of a successful answer.
 * @throws AuthClientError `api` on an error of the protocol (auth-api §4.1), `malformed` on anything else
 */
export async function readAnswer(response: Response, text: string, endpoint: Endpoint, clock: Clock): Promise<unknown> {
  const answer = parse(text);
  if (response.ok && answer !== undefined) return answer;
  const body = Array.isArray(answer) ? undefined : (answer as JsonObject | undefined);
  const errno = body?.['errno'];
  const retryAfter = readRetryAfter(response.headers.get('Retry-After'), body?.['retryAfter'], clock);
  if (response.ok || body === undefined || typeof errno !== 'number') {
    throw new AuthClientError({
      kind: 'malformed',
      message: `${endpoint.method} ${endpoint.path} was answered with status ${response.status} and no JSON of the protocol`,
      status: response.status,
      retryAfter,
    });
  }
  const message = body['message'];
  throw new AuthClientError({
    kind: 'api',
    message: typeof message === 'string' ? message : `errno ${errno}`,
    status: response.status,
    errno,
    errorName: errorName(endpoint.family, errno, response.status),
    retryAfter,
    body,
  });
}

/** The header decides: it is in seconds everywhere, while some servers write milliseconds into the body (auth-api §4.3). */
function readRetryAfter(header: string | null, member: unknown, clock: Clock): number | undefined {
  if (header !== null && /^\d+$/.test(header)) return Number(header);
  const date = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(date)) return Math.max(0, Math.ceil((date - clock.now()) / 1000));
  return typeof member === 'number' && member >= 0 ? member : undefined;
}

/** The JSON object or list of a text; undefined for anything else. */
function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
