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
      'password. Signing up ends on the same page for everybody, and a mail says how it goes on; only the answer of ' +
      'the server behind that page still tells.',
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
  sync: {
    environment: 'FOXDEN_SYNC',
    kind: kind.onOff,
    defaultFrom: () => true,
    defaultText: 'on',
    explanation:
      'Whether Firefox Sync is served beside the accounts: the token server at /1.0/sync/1.5 and the storage at /1.5/.',
    example: 'off',
  },
  syncDatabaseUrl: {
    environment: 'FOXDEN_SYNC_DATABASE_URL',
    kind: kind.databaseUrl,
    defaultFrom: ({ databaseUrl, dataDir }) =>
      /^sqlite:(?!:memory:)/.test(databaseUrl) ? `sqlite:${join(dataDir, 'sync')}` : databaseUrl,
    defaultText: 'the folder sync in FOXDEN_DATA_DIR; with PostgreSQL, the database of the accounts',
    explanation:
      'The database of Sync. With SQLite it names a folder, as the data of people are spread over several files; ' +
      'with PostgreSQL it may be the database of the accounts or another one.',
    example: 'postgres://foxden:password@db.internal/sync',
    secret: true,
  },
  syncMasterSecret: {
    environment: 'FOXDEN_SYNC_MASTER_SECRET',
    kind: kind.orOff(kind.secretText),
    defaultFrom: () => null,
    defaultText: 'derived from the server secret',
    explanation:
      'The secret that signs the tokens of Sync, taken as it is written. Token server and storage need the same one ' +
      'where they are separate servers.',
    example: 'a-long-random-text-of-your-own',
    secret: true,
  },
  syncAccountsUrl: {
    environment: 'FOXDEN_SYNC_ACCOUNTS_URL',
    kind: kind.orOff(kind.baseUrl),
    defaultFrom: () => null,
    defaultText: 'none',
    explanation:
      'The OAuth server whose access tokens "foxden sync" believes: /v1/jwks and /v1/verify must be below it. A server ' +
      'with accounts of its own does not look at it.',
    example: 'https://oauth.accounts.firefox.com',
  },
  syncEmailDomain: {
    environment: 'FOXDEN_SYNC_EMAIL_DOMAIN',
    kind: kind.domain,
    defaultFrom: () => 'api.accounts.firefox.com',
    defaultText: 'api.accounts.firefox.com, as other token servers have it',
    explanation:
      'What stands after the @ in the names of users in the table of the token server. Changing it makes every user a ' +
      'new one.',
    example: 'accounts.example.org',
  },
  syncNewUsers: {
    environment: 'FOXDEN_SYNC_NEW_USERS',
    kind: kind.onOff,
    defaultFrom: () => true,
    defaultText: 'on',
    explanation: 'Whether people who have no data here yet may begin to sync.',
    example: 'off',
  },
  syncTokenSeconds: {
    environment: 'FOXDEN_SYNC_TOKEN_SECONDS',
    kind: kind.wholeNumber(1, 86_400),
    defaultFrom: () => 3600,
    defaultText: '3600',
    explanation: 'How long a token of Sync is valid. Who signed out elsewhere may still sync for so long.',
    example: '1800',
  },
  syncQuotaMegabytes: {
    environment: 'FOXDEN_SYNC_QUOTA_MEGABYTES',
    kind: kind.orOff(kind.wholeNumber(1, 1_000_000)),
    defaultFrom: () => null,
    defaultText: 'off',
    explanation: 'How much a person may keep in Sync.',
    example: '500',
  },
  syncMaxPostRecords: {
    environment: 'FOXDEN_SYNC_MAX_POST_RECORDS',
    kind: kind.wholeNumber(1, 1000),
    defaultFrom: () => 100,
    defaultText: '100',
    explanation: 'How many records one upload may have. A batch may have a hundred times as many.',
    example: '50',
  },
  syncMaxPostBytes: {
    environment: 'FOXDEN_SYNC_MAX_POST_BYTES',
    kind: kind.wholeNumber(16_384, 104_857_600),
    defaultFrom: () => 2_621_440,
    defaultText: '2621440',
    explanation: 'How many bytes one record, and one upload, may have. A batch may have a hundred times as many.',
    example: '1048576',
  },
  graphqlTools: {
    environment: 'FOXDEN_GRAPHQL_TOOLS',
    kind: kind.onOff,
    defaultFrom: () => false,
    defaultText: 'off',
    explanation:
      'Whether the GraphQL API tells its schema to tools that ask, and answers browsers with a page for trying ' +
      'operations out. npm run dev switches it on; a server that others reach does without.',
    example: 'on',
  },
  graphqlOrigins: {
    environment: 'FOXDEN_GRAPHQL_ORIGINS',
    kind: kind.originList,
    defaultFrom: () => [],
    defaultText: 'none',
    explanation: 'Whose pages may use the GraphQL API beside those of this server. Pages of other origins are refused.',
    example: 'https://settings.example.org',
  },
  graphqlOperations: {
    environment: 'FOXDEN_GRAPHQL_OPERATIONS',
    kind: kind.optionalPath,
    defaultFrom: () => null,
    defaultText: 'off: everything that the schema allows',
    explanation:
      'A JSON file with the texts of the operations that the GraphQL API runs: a list, or an object of named ones. ' +
      'Every other operation is refused, by its text, before it is read.',
    example: '/etc/foxden/operations.json',
  },
  pairingClients: {
    environment: 'FOXDEN_PAIRING_CLIENTS',
    kind: kind.orOff(kind.clientIdList),
    // The Reference Browser, Firefox for Android, Firefox for iOS.
    defaultFrom: () => ['3c49430b43dfba77', 'a2270f727f45f648', '1b1a3e44c54fbb58'],
    defaultText: 'Firefox for Android and iOS, and the Android Reference Browser',
    explanation:
      'OAuth clients that a person may sign in to by scanning a code, by client_id. With off, all clients that exist.',
    example: 'a2270f727f45f648,1b1a3e44c54fbb58',
  },
  pairingSeconds: {
    environment: 'FOXDEN_PAIRING_SECONDS',
    kind: kind.wholeNumber(60, 86_400),
    defaultFrom: () => 1200,
    defaultText: '1200',
    explanation:
      'How long two devices may take to pair, from showing the code on. Firefox gives up by itself after 900 seconds.',
    example: '900',
  },
  pairingMessages: {
    environment: 'FOXDEN_PAIRING_MESSAGES',
    kind: kind.wholeNumber(16, 100_000),
    defaultFrom: () => 32,
    defaultText: '32',
    explanation: 'How many messages a channel of pairing takes before it is closed. To pair takes eleven.',
    example: '16',
  },
  pairingBytes: {
    environment: 'FOXDEN_PAIRING_BYTES',
    kind: kind.wholeNumber(32_768, 104_857_600),
    defaultFrom: () => 262_144,
    defaultText: '262144',
    explanation: 'How many bytes a channel of pairing takes in all before it is closed. One message has at most 32768.',
    example: '65536',
  },
  pairingChannels: {
    environment: 'FOXDEN_PAIRING_CHANNELS',
    kind: kind.wholeNumber(1, 100_000),
    defaultFrom: () => 1000,
    defaultText: '1000',
    explanation: 'How many channels of pairing one process keeps open at a time.',
    example: '5000',
  },
  pairingChannelsPerAddress: {
    environment: 'FOXDEN_PAIRING_CHANNELS_PER_ADDRESS',
    kind: kind.wholeNumber(1, 100_000),
    defaultFrom: () => 20,
    defaultText: '20',
    explanation: 'How many of these channels one IP address, or one IPv6 network of 64 bits, may have opened.',
    example: '100',
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
