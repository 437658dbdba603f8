import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackHost } from '../../config/index.js';
import type { OutboxRow, Storage } from '../../storage/index.js';
import { deleteMailsTo, findMails } from '../outbox/store.js';
import { mailboxPage } from './page.js';

/** As many mails of one address as can be read; older ones are dropped. */
export const KEPT_PER_ADDRESS = 100;

/** One mail as the mailbox gives it; what test suites of the protocol read codes from (auth-api §8). */
export interface MailboxMail {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Answers `GET /mail/<local part>` (mails, newest last), `DELETE /mail/<local part>` and a page at `/`. Refuses a Host
 * that is not this machine, which a page on the web could have pointed here (DNS rebinding), and allows no origin.
 */
export async function answerMailbox(storage: Storage, request: IncomingMessage): Promise<Answer> {
  if (!isForThisMachine(request.headers.host)) return problem(403, 'The mailbox answers to this machine only.');
  const { pathname } = new URL(request.url ?? '/', 'http://mailbox');
  if (pathname === '/') {
    if (request.method !== 'GET') return problem(405, 'Only GET is possible here.');
    const mails = (await findMails(storage.db, undefined, KEPT_PER_ADDRESS)).map(mailboxMail);
    return { status: 200, type: 'text/html; charset=utf-8', body: mailboxPage(mails) };
  }
  const localPart = decode(/^\/mail\/([^/]+)$/.exec(pathname)?.[1]);
  if (localPart === undefined) return problem(404, 'There is /mail/<local part of an address>, and nothing else.');
  switch (request.method) {
    case 'GET':
      return json(200, (await findMails(storage.db, localPart, KEPT_PER_ADDRESS)).map(mailboxMail));
    case 'DELETE':
      await deleteMailsTo(storage.db, localPart);
      return json(200, {});
    default:
      return problem(405, 'Only GET and DELETE are possible here.');
  }
}

/** Writes an answer of the mailbox; no cache keeps it and no page may embed it. */
export function writeAnswer(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function isForThisMachine(host: string | undefined): boolean {
  const url = `http://${host ?? ''}`;
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname.replace(/^\[|\]$/g, ''));
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function mailboxMail(row: OutboxRow): MailboxMail {
  const cc = JSON.parse(row.cc) as string[];
  const written = {
    ...(JSON.parse(row.headers) as Record<string, string>),
    To: row.recipient,
    ...(cc.length === 0 ? {} : { Cc: cc.join(', ') }),
    Subject: row.subject,
    Date: new Date(row.createdAt).toUTCString(),
  };
  return {
    headers: Object.fromEntries(Object.entries(written).map(([name, value]) => [name.toLowerCase(), value])),
    to: row.recipient,
    subject: row.subject,
    text: row.text,
    html: row.html,
  };
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` };
}

function problem(status: number, message: string): Answer {
  return json(status, { code: status, message });
}
