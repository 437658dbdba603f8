import { AuthClientError } from '@foxden/auth-client';
import { type Message, message } from '../messages/message.js';

/** What happened and what to do next, for failures that are nobody's input. */
export function describeFailure(error: unknown): Message {
  if (!(error instanceof AuthClientError)) return message('failure-unexpected');
  switch (error.kind) {
    case 'network':
    case 'timeout':
    case 'aborted':
      return message('failure-unreachable');
    case 'malformed':
      return message('failure-server');
    case 'api':
      return describeRefusal(error);
  }
}

function describeRefusal(error: AuthClientError): Message {
  switch (error.errorName) {
    case 'THROTTLED':
    case 'REQUEST_BLOCKED':
      return tooManyAttempts(error.retryAfter);
    case 'SERVICE_UNAVAILABLE':
    case 'UNEXPECTED':
      return message('failure-server');
    case 'FAILED_TO_SEND_EMAIL':
      return message('failure-mail');
    default:
      return message('failure-unexpected');
  }
}

function tooManyAttempts(seconds: number | undefined): Message {
  if (seconds === undefined) return message('failure-throttled');
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120
    ? message('failure-throttled-minutes', { minutes: Math.max(1, minutes) })
    : message('failure-throttled-hours', { hours: Math.ceil(minutes / 60) });
}
