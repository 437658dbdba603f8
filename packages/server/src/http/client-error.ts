import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { AuthErrorName } from '@foxden/protocol';
import { authError } from '../errors.js';
import { errorAnswer } from './error-answer.js';

/** Why Node gave up on a request before it became one; anything else is not HTTP. */
const NAMES: Readonly<Record<string, AuthErrorName>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** Answers bytes that Node could not read as a request, in the form of every other error, and hangs up. */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = errorAnswer(authError(NAMES[error.code ?? ''] ?? 'MALFORMED_REQUEST'), 'auth');
  const content = JSON.stringify(body);
  const head = {
    ...headers,
    date: new Date().toUTCString(),
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(content)),
    connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  socket.write(`${[`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join('\r\n')}\r\n\r\n${content}`);
  socket.destroySoon();
}
