import type { Transporter } from 'nodemailer';
import { oneLine } from '../templates/one-line.js';
import type { Outcome, OutgoingMail, Rejection, Transport } from './transport.js';

export interface SmtpOptions {
  /** `smtp://[user:password@]host[:port]` or `smtps://…`. */
  readonly url: string;
  /** `address` or `Name <address>`. */
  readonly from: string;
  /** Shown as the sender when `from` has no name. */
  readonly fromName: string;
  /** PEM certificates to trust instead of the system's; for tests. */
  readonly trustedCertificates?: string | undefined;
}

const CONNECT_TIMEOUT = 20_000;
const SILENCE_TIMEOUT = 60_000;

/**
 * Delivers by SMTP (RFC 5321). smtp:// upgrades by STARTTLS where the server offers it, and then its certificate has to
 * be right. The connection is made at the first mail and shared by those that follow.
 */
export function smtpTransport(options: SmtpOptions): Transport {
  const from = parseMailbox(options.from, options.fromName);
  let transporter: Promise<Transporter> | undefined;
  return {
    async send(mail) {
      transporter ??= connect(options);
      try {
        // What this transport adds to the answer that all transports give.
        const sent = (await (await transporter).sendMail(message(mail, from))) as Rejected;
        return { kind: 'sent', rejections: rejectionsOf(sent.rejectedErrors) };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close() {
      void transporter?.then((open) => open.close());
      transporter = undefined;
    },
  };
}

async function connect({ url, trustedCertificates }: SmtpOptions): Promise<Transporter> {
  // Loaded here, as most servers in tests never send: the start is quicker without it.
  const { createTransport } = await import('nodemailer');
  const { protocol, hostname, port, username, password } = new URL(url);
  return createTransport({
    pool: true,
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port === '' ? {} : { port: Number(port) }),
    secure: protocol === 'smtps:',
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...(trustedCertificates === undefined ? {} : { tls: { ca: trustedCertificates } }),
    connectionTimeout: CONNECT_TIMEOUT,
    greetingTimeout: CONNECT_TIMEOUT,
    socketTimeout: SILENCE_TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

interface Mailbox {
  readonly name: string;
  readonly address: string;
}

function message(mail: OutgoingMail, from: Mailbox) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from,
    // As objects, addresses are not parsed: no comma in one of them makes two.
    to: { name: '', address: mail.to },
    cc: mail.cc.map((address) => ({ name: '', address })),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    date: new Date(mail.createdAt),
    messageId: `<${mail.id}@${domain}>`,
  };
}

function parseMailbox(text: string, fallbackName: string): Mailbox {
  const match = /^(.*)<([^<>]+)>$/.exec(text);
  return match === null
    ? { name: fallbackName, address: text }
    : { name: match[1]?.trim() || fallbackName, address: match[2] ?? text };
}

/** What a refusal by the server looks like; other errors are failures on the way. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly recipient?: string;
}

/** What the mail server said of single recipients. */
interface Rejected {
  readonly rejectedErrors?: readonly SmtpError[];
}

/**
 * A 5xx answer to the recipient or to the content is final (RFC 5321 §4.2.1). One to the sign-in or to the sender is
 * about our settings, which somebody may correct.
 */
function outcomeOf(error: unknown): Outcome {
  const {
    code,
    command,
    responseCode,
    message: reason,
    rejectedErrors,
  }: SmtpError & Rejected = error instanceof Error ? error : new Error(String(error));
  const isFinal = (responseCode ?? 0) >= 500 && (command === 'RCPT TO' || command === 'DATA');
  const summary = [code, command, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown error';
  const rejections = rejectionsOf(rejectedErrors);
  return { kind: isFinal ? 'refused' : 'failed', summary, reason: oneLine(reason), rejections };
}

function rejectionsOf(errors: readonly SmtpError[] = []): Rejection[] {
  return errors.flatMap(({ recipient, response = '' }): Rejection[] => {
    if (recipient === undefined) return [];
    if (isAboutMailbox(response)) return [{ address: recipient, kind: 'hard' }];
    return response.startsWith('4') ? [{ address: recipient, kind: 'soft' }] : [];
  });
}

/**
 * Whether a refusal says that the mailbox is not there. With an enhanced status code (RFC 3463) its subject tells: 1 is
 * the address, 2 the mailbox; 7, say, is policy, which may be our fault. Without one, the codes of RFC 5321 §4.2.3 do.
 */
function isAboutMailbox(response: string): boolean {
  const subject = /^5\d\d[ -]5\.(\d{1,3})\.\d{1,3}\b/.exec(response)?.[1];
  return subject === undefined ? /^55[013]\b/.test(response) : subject === '1' || subject === '2';
}
