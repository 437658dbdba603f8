import { join } from 'node:path';
import type { Config } from './config.js';
import { isLoopbackHost } from './loopback.js';
import * as kind from './value-kinds.js';

/** One setting: everything that reading, refusing and documenting it needs. */
export interface Setting<T> {
  readonly environment: string;
  readonly kind: kind.ValueKind<T>;
  /** May use the settings above it in the table. */
  readonly defaultFrom: (above: Config) => T;
  /** The default in words. */
  readonly defaultText: string;
  readonly explanation: string;
  readonly example: string;
  /** The value may hold a password: it is not repeated in messages. */
  readonly secret?: true;
}

export type Settings = { readonly [K in keyof Config]: Setting<Config[K]> };

/** All settings, in the order in which defaults depend on each other. The documentation is made from this table. */
export const SETTINGS: Settings = {
  listen: {
    environment: 'FOXDEN_LISTEN',
    kind: kind.listenAddress,
    defaultFrom: () => ({ host: '127.0.0.1', port: 3030 }),
    defaultText: '127.0.0.1:3030',
    explanation: 'The address and port to listen on. Port 0 takes any free one.',
    example: '0.0.0.0:3030',
  },
  publicUrl: {
    environment: 'FOXDEN_PUBLIC_URL',
    kind: kind.baseUrl,
    defaultFrom: ({ listen }) => `http://${kind.listenAddress.format({ ...listen, host: reachable(listen.host) })}`,
    defaultText: 'http:// and the address of FOXDEN_LISTEN, so http://127.0.0.1:3030',
    explanation:
      'Where browsers and applications reach the server. It goes into links, tokens and the documents that clients ' +
      'configure themselves from; a path prefix is allowed. Anything but this machine needs https.',
    example: 'https://accounts.example.org',
  },
  dataDir: {
    environment: 'FOXDEN_DATA_DIR',
    kind: kind.path,
    defaultFrom: () => './data',
    defaultText: './data',
    explanation:
      'The folder for the database and the server secret. It is made, readable by the owner only, if missing.',
    example: '/var/lib/foxden',
  },
  databaseUrl: {
    environment: 'FOXDEN_DATABASE_URL',
    kind: kind.databaseUrl,
    defaultFrom: ({ dataDir }) => `sqlite:${join(dataDir, 'foxden.db')}`,
    defaultText: 'sqlite:foxden.db in FOXDEN_DATA_DIR',
    explanation:
      'The database. SQLite serves one machine; PostgreSQL serves several processes or machines at once. ' +
      'sqlite::memory: forgets everything at exit and is meant for tests.',
    example: 'postgres://foxden:password@db.internal/foxden',
    secret: true,
  },
  secretFile: {
    environment: 'FOXDEN_SECRET_FILE',
    kind: kind.path,
    defaultFrom: ({ dataDir }) => join(dataDir, 'secret'),
    defaultText: 'secret in FOXDEN_DATA_DIR',
    explanation:
      'The file with the server secret (64 hex digits), readable by the owner only. It is made if missing. Every ' +
      'process on one database needs the same secret: signing keys are sealed with it.',
    example: '/run/secrets/foxden',
  },
  smtpUrl: {
    environment: 'FOXDEN_SMTP_URL',
    kind: kind.smtpUrl,
    defaultFrom: () => null,
    defaultText: 'none: mail goes to the console and to the development mailbox',
    explanation:
      'The mail server that delivers mail. smtp:// uses STARTTLS where it is offered, smtps:// TLS from the start.',
    example: 'smtps://foxden:password@mail.example.org',
    secret: true,
  },
  siteName: {
    environment: 'FOXDEN_SITE_NAME',
    kind: kind.shortText,
    defaultFrom: () => 'Foxden',
    defaultText: 'Foxden',
    explanation: 'The name of the service in pages and mails.',
    example: 'Example Accounts',
  },
  mailFrom: {
    environment: 'FOXDEN_MAIL_FROM',
    kind: kind.mailbox,
    defaultFrom: ({ publicUrl }) => `accounts@${mailDomain(publicUrl)}`,
    defaultText: 'accounts@ the host of FOXDEN_PUBLIC_URL',
    explanation: 'The sender of mails. Without a name of its own it is shown as FOXDEN_SITE_NAME.',
    example: 'Example Accounts <accounts@example.org>',
  },
  mailboxListen: {
    environment: 'FOXDEN_MAILBOX_LISTEN',
    kind: kind.loopbackListenAddress,
    // Where the server takes any free port, so does its mailbox: several may run beside each other.
    defaultFrom: ({ smtpUrl, listen }) =>
      smtpUrl === null ? { host: '127.0.0.1', port: listen.port === 0 ? 0 : 9001 } : null,
    defaultText: '127.0.0.1:9001 without FOXDEN_SMTP_URL, otherwise off',
    explanation:
      'Where the development mailbox is served: everybody on this machine can read every mail and code there. ' +
      'Only loopback addresses are accepted; off serves none.',
    example: 'off',
  },
  verificationReminders: {
    environment: 'FOXDEN_VERIFICATION_REMINDERS',
    kind: kind.onOff,
    defaultFrom: () => true,
    defaultText: 'on',
    explanation:
      'Whether somebody who signed up but has not confirmed the address is reminded by mail, after one, five and ' +
      'fifteen days.',
    example: 'off',
  },
  rateLimits: {
    environment: 'FOXDEN_RATE_LIMITS',
    kind: kind.onOff,
    defaultFrom: () => true,
    defaultText: 'on',
    explanation: 'Whether repeated attempts are slowed down. Switch it off in tests only.',
    example: 'off',
  },
  trustedProxies: {
    environment: 'FOXDEN_TRUSTED_PROXIES',
    kind: kind.addressList,
    defaultFrom: () => [],
    defaultText: 'none',
    explanation:
      'The reverse proxies whose X-Forwarded-For header is believed. Without it every visitor behind a proxy counts as ' +
      'one address.',
    example: '127.0.0.1,10.0.0.0/8',
  },
  hawkCheck: {
    environment: 'FOXDEN_HAWK_CHECK',
    kind: kind.choice('id', 'mac'),
    defaultFrom: () => 'id',
    defaultText: 'id',
    explanation:
      'How Hawk requests are checked. id looks at the token id only, as Firefox and PyFxA need it today; mac also ' +
      'demands a right signature and time.',
    example: 'mac',
  },
  pushOrigins: {
    environment: 'FOXDEN_PUSH_ORIGINS',
    kind: kind.originList,
    defaultFrom: () => [],
    defaultText: 'none',
    explanation:
      'Push services that browsers may have their messages sent to, beside that of Firefox. The server calls the ' +
      'address that a browser names; only a service that is named here may be in a private network, or without TLS.',
    example: 'https://push.example.org,http://127.0.0.1:8082',
  },
  confirmSignIn: {
    environment: 'FOXDEN_CONFIRM_SIGN_IN',
    kind: kind.choice('risky', 'always'),
    defaultFrom: () => 'risky',
    defaultText: 'risky',
    explanation:
      'When a sign-in must be confirmed with a code from an email: risky asks where encryption keys are handed out and ' +
      'the device is not known, always asks every time.',
    example: 'always',
  },
  legacyRoutes: {
    environment: 'FOXDEN_LEGACY_ROUTES',
    kind: kind.onOff,
    defaultFrom: () => true,
    defaultText: 'on',
    explanation:
      'Whether the routes answer that only older clients such as PyFxA call: changing a password without being signed ' +
      'in, and resetting one by a link. Accounts with two-step authentication cannot change their password there.',
    example: 'off',
  },
  hideAccounts: {
    environment: 'FOXDEN_HIDE_ACCOUNTS',
    kind: kind.onOff,
    defaultFrom: () => false,
    defaultText: 'off',
    explanation:
      'Whether people who are not signed in are kept from finding out which addresses have accounts. It costs ' +
      'convenience: the pages cannot tell a new address from a known one, and a wrong address looks like a wrong ' +
      'password. Signing up still tells.',
    example: 'on',
  },
  notifyUrls: {
    environment: 'FOXDEN_NOTIFY_URLS',
    kind: kind.urlList,
    defaultFrom: () => [],
    defaultText: 'none',
    explanation:
      'Where services hear of sign-ins, changes and deletions of accounts. Each event is posted to each URL as a ' +
      'signed token (RFC 8417, application/secevent+jwt), again and again until it is accepted.',
    example: 'https://sync.example.org/events,https://notes.example.org/events',
    secret: true,
  },
  blockTestAddresses: {
    environment: 'FOXDEN_BLOCK_TEST_ADDRESSES',
    kind: kind.onOff,
    defaultFrom: () => false,
    defaultText: 'off',
    explanation:
      'Whether signing in to an address that begins with block always needs a code from an email. Client test suites ' +
      'ask for it; switch it on in tests only.',
    example: 'on',
  },
  disabledClients: {
    environment: 'FOXDEN_DISABLED_CLIENTS',
    kind: kind.clientIdList,
    defaultFrom: () => [],
    defaultText: 'none',
    explanation:
      'OAuth clients that are refused for now, by client_id: no new connections, and no new access tokens for those ' +
      'that exist. Nothing is revoked.',
    example: '5882386c6d801776',
  },
  logLevel: {
    environment: 'FOXDEN_LOG_LEVEL',
    kind: kind.choice('info', 'warn', 'error', 'silent'),
    defaultFrom: () => 'info',
    defaultText: 'info',
    explanation: 'The least severe log lines that are written.',
    example: 'warn',
  },
};

/** A wildcard address is where one listens, not where one connects to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

function mailDomain(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return isLoopbackHost(hostname.replace(/^\[|\]$/g, '')) ? 'localhost' : hostname;
}
