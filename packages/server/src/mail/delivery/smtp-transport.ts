import type { Transporter } from 'nodemailer';
import { oneLine } from '../templates/one-line.js';
import type { Outcome, OutgoingMail, Transport } from './transport.js';

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
        await (await transporter).sendMail(message(mail, from));
        return { kind: 'sent' };
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
  }: SmtpError = error instanceof Error ? error : new Error(String(error));
  const isFinal = (responseCode ?? 0) >= 500 && (command === 'RCPT TO' || command === 'DATA');
  const summary = [code, command, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown error';
  return { kind: isFinal ? 'refused' : 'failed', summary, reason: oneLine(reason) };
}
