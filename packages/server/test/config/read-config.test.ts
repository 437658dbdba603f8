import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, configWarnings, createConfig, readConfig } from '../../src/config/index.js';
import { nearestName } from '../../src/config/nearest-name.js';
import { SETTINGS } from '../../src/config/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'foxden-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DEFAULTS = {
  listen: { host: '127.0.0.1', port: 3030 },
  publicUrl: 'http://127.0.0.1:3030',
  dataDir: './data',
  databaseUrl: 'sqlite:data/foxden.db',
  secretFile: 'data/secret',
  smtpUrl: null,
  mailFrom: 'accounts@localhost',
  mailboxListen: { host: '127.0.0.1', port: 9001 },
  rateLimits: true,
  trustedProxies: [],
  hawkCheck: 'id',
  pushOrigins: [],
  confirmSignIn: 'risky',
  hideAccounts: false,
  notifyUrls: [],
  blockTestAddresses: false,
  legacyRoutes: true,
  verificationReminders: true,
  disabledClients: [],
  sync: true,
  syncDatabaseUrl: 'sqlite:data/sync',
  syncMasterSecret: null,
  syncAccountsUrl: null,
  syncEmailDomain: 'api.accounts.firefox.com',
  syncNewUsers: true,
  syncTokenSeconds: 3600,
  syncQuotaMegabytes: null,
  syncMaxPostRecords: 100,
  syncMaxPostBytes: 2_621_440,
  graphqlTools: false,
  graphqlOrigins: [],
  graphqlOperations: null,
  pairingClients: ['3c49430b43dfba77', 'a2270f727f45f648', '1b1a3e44c54fbb58'],
  pairingSeconds: 1200,
  pairingMessages: 32,
  pairingBytes: 262_144,
  pairingChannels: 1000,
  pairingChannelsPerAddress: 20,
  siteName: 'Foxden',
  logLevel: 'info',
};

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('defaults', () => {
  test('an empty environment and an empty object give the documented defaults', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
    expect(createConfig()).toEqual(DEFAULTS);
  });

  test('an empty value and a name of another program are not looked at', () => {
    expect(readConfig({ FOXDEN_LISTEN: '', PATH: '/bin', FOXDENISH: '1' })).toEqual(DEFAULTS);
  });

  test('names for tests are ignored', () => {
    expect(readConfig({ FOXDEN_TEST_POSTGRES: 'postgres://x' })).toEqual(DEFAULTS);
  });

  test('defaults follow the settings they depend on', () => {
    const config = readConfig({
      FOXDEN_LISTEN: '[::]:4000',
      FOXDEN_DATA_DIR: '/srv/fox',
      FOXDEN_SMTP_URL: 'smtp://mail.example.org',
    });
    expect(config).toMatchObject({
      publicUrl: 'http://[::1]:4000',
      databaseUrl: 'sqlite:/srv/fox/foxden.db',
      secretFile: '/srv/fox/secret',
      mailboxListen: null,
    });
    expect(createConfig({ publicUrl: 'https://accounts.example.org/fox' }).mailFrom).toBe(
      'accounts@accounts.example.org',
    );
    expect(createConfig({ listen: { host: '127.0.0.1', port: 0 } }).mailboxListen).toEqual({
      host: '127.0.0.1',
      port: 0,
    });
  });
});

describe('values', () => {
  const accepted: [name: string, text: string, key: string, value: unknown][] = [
    ['FOXDEN_LISTEN', '0.0.0.0:80', 'listen', { host: '0.0.0.0', port: 80 }],
    ['FOXDEN_LISTEN', '[::1]:0', 'listen', { host: '::1', port: 0 }],
    ['FOXDEN_LISTEN', 'fox.internal:65535', 'listen', { host: 'fox.internal', port: 65535 }],
    ['FOXDEN_PUBLIC_URL', 'https://fox.example', 'publicUrl', 'https://fox.example'],
    ['FOXDEN_PUBLIC_URL', 'https://fox.example/', 'publicUrl', 'https://fox.example'],
    ['FOXDEN_PUBLIC_URL', 'https://Fox.example:8443/accounts/', 'publicUrl', 'https://fox.example:8443/accounts'],
    ['FOXDEN_DATABASE_URL', 'sqlite::memory:', 'databaseUrl', 'sqlite::memory:'],
    ['FOXDEN_DATABASE_URL', 'sqlite:/var/fox den.db', 'databaseUrl', 'sqlite:/var/fox den.db'],
    ['FOXDEN_DATABASE_URL', 'postgresql://a:b@h/d', 'databaseUrl', 'postgres://a:b@h/d'],
    ['FOXDEN_SMTP_URL', 'smtps://u:p%40@h:465', 'smtpUrl', 'smtps://u:p%40@h:465'],
    ['FOXDEN_SMTP_URL', 'off', 'smtpUrl', null],
    ['FOXDEN_MAIL_FROM', 'Fox Den <fox@example.org>', 'mailFrom', 'Fox Den <fox@example.org>'],
    ['FOXDEN_MAILBOX_LISTEN', 'off', 'mailboxListen', null],
    ['FOXDEN_MAILBOX_LISTEN', '[::1]:9001', 'mailboxListen', { host: '::1', port: 9001 }],
    ['FOXDEN_MAILBOX_LISTEN', 'localhost:9002', 'mailboxListen', { host: 'localhost', port: 9002 }],
    ['FOXDEN_RATE_LIMITS', 'off', 'rateLimits', false],
    ['FOXDEN_TRUSTED_PROXIES', ' 10.0.0.0/8, ::1 ', 'trustedProxies', ['10.0.0.0/8', '::1']],
    ['FOXDEN_HAWK_CHECK', 'mac', 'hawkCheck', 'mac'],
    [
      'FOXDEN_PUSH_ORIGINS',
      'HTTPS://Push.example.org/, http://127.0.0.1:8082',
      'pushOrigins',
      ['https://push.example.org', 'http://127.0.0.1:8082'],
    ],
    ['FOXDEN_CONFIRM_SIGN_IN', 'always', 'confirmSignIn', 'always'],
    ['FOXDEN_LOG_LEVEL', 'silent', 'logLevel', 'silent'],
    ['FOXDEN_HIDE_ACCOUNTS', 'on', 'hideAccounts', true],
    ['FOXDEN_BLOCK_TEST_ADDRESSES', 'on', 'blockTestAddresses', true],
    ['FOXDEN_NOTIFY_URLS', 'https://a.example/x, http://b:1/', 'notifyUrls', ['https://a.example/x', 'http://b:1/']],
    ['FOXDEN_SITE_NAME', ' Füchse ', 'siteName', 'Füchse'],
    ['FOXDEN_GRAPHQL_ORIGINS', 'https://a.example, http://b:1', 'graphqlOrigins', ['https://a.example', 'http://b:1']],
    ['FOXDEN_GRAPHQL_OPERATIONS', '/etc/operations.json', 'graphqlOperations', '/etc/operations.json'],
    ['FOXDEN_GRAPHQL_OPERATIONS', 'off', 'graphqlOperations', null],
  ];
  test.each(accepted)('%s=%s is accepted', (name, text, key, value) => {
    expect(readConfig({ [name]: text })).toHaveProperty(key, value);
  });

  const refused: [name: string, text: string][] = [
    ['FOXDEN_LISTEN', '3030'],
    ['FOXDEN_GRAPHQL_ORIGINS', 'https://a.example/page'],
    ['FOXDEN_GRAPHQL_ORIGINS', 'null'],
    ['FOXDEN_LISTEN', '127.0.0.1'],
    ['FOXDEN_LISTEN', '127.0.0.1:65536'],
    ['FOXDEN_LISTEN', '127.0.0.256:80'],
    ['FOXDEN_LISTEN', '::1:3030'],
    ['FOXDEN_LISTEN', '[fox]:3030'],
    ['FOXDEN_PUBLIC_URL', 'fox.example'],
    ['FOXDEN_PUBLIC_URL', 'ftp://fox.example'],
    ['FOXDEN_PUBLIC_URL', 'https://fox.example/?a'],
    ['FOXDEN_PUBLIC_URL', 'https://fox.example/#'],
    ['FOXDEN_PUBLIC_URL', 'https://me:pw@fox.example'],
    ['FOXDEN_DATA_DIR', 'a\u0000b'],
    ['FOXDEN_DATABASE_URL', 'mysql://h/d'],
    ['FOXDEN_DATABASE_URL', 'sqlite:'],
    ['FOXDEN_DATABASE_URL', 'sqlite::memry:'],
    ['FOXDEN_SMTP_URL', 'mail.example.org:25'],
    ['FOXDEN_SMTP_URL', 'smtp://'],
    ['FOXDEN_MAIL_FROM', 'nobody'],
    ['FOXDEN_MAIL_FROM', 'a@b\r\nBcc: c@d'],
    ['FOXDEN_MAIL_FROM', 'Two <a@b>, <c@d>'],
    ['FOXDEN_MAILBOX_LISTEN', '0.0.0.0:9001'],
    ['FOXDEN_MAILBOX_LISTEN', '192.168.1.5:9001'],
    ['FOXDEN_RATE_LIMITS', 'yes'],
    ['FOXDEN_PUSH_ORIGINS', '*'],
    ['FOXDEN_PUSH_ORIGINS', 'push.example.org'],
    ['FOXDEN_PUSH_ORIGINS', 'wss://push.example.org'],
    ['FOXDEN_PUSH_ORIGINS', 'https://push.example.org/wpush'],
    ['FOXDEN_PUSH_ORIGINS', 'https://user@push.example.org'],
    ['FOXDEN_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['FOXDEN_TRUSTED_PROXIES', 'proxy.internal'],
    ['FOXDEN_TRUSTED_PROXIES', '10.1'],
    ['FOXDEN_HAWK_CHECK', 'MAC'],
    ['FOXDEN_LOG_LEVEL', 'debug'],
    ['FOXDEN_NOTIFY_URLS', 'example.org/events'],
    ['FOXDEN_NOTIFY_URLS', 'https://a.example,ftp://b.example'],
    ['FOXDEN_NOTIFY_URLS', 'https://me:pw@a.example'],
    ['FOXDEN_SITE_NAME', 'a\nb'],
    ['FOXDEN_SITE_NAME', 'x'.repeat(65)],
  ];
  test.each(refused)('%s=%j is refused in one sentence that says what is accepted', (name, text) => {
    const setting = Object.values(SETTINGS).find(({ environment }) => environment === name);
    const message = messageOf(() => readConfig({ [name]: text }));
    expect(message).toMatch(new RegExp(`^${name} `));
    expect(message).toContain(`it must be ${setting?.kind.accepts}, for example ${setting?.example}.`);
    expect(message).not.toContain('\n');
  });

  test('every example of the table is accepted', () => {
    for (const setting of Object.values(SETTINGS)) {
      expect(() => readConfig({ [setting.environment]: setting.example }), setting.environment).not.toThrow();
    }
  });

  test('a message does not repeat what may hold a password', () => {
    expect(messageOf(() => readConfig({ FOXDEN_SMTP_URL: 'smpt://me:hunter2@mail' }))).not.toContain('hunter2');
    expect(messageOf(() => readConfig({ FOXDEN_DATABASE_URL: 'pg://me:hunter2@db' }))).not.toContain('hunter2');
  });
});

describe('names', () => {
  test('a mistyped name is refused with the name that was meant', () => {
    expect(messageOf(() => readConfig({ FOXDEN_PUBLIC_URI: 'https://fox.example' }))).toBe(
      'FOXDEN_PUBLIC_URI is not a setting; did you mean FOXDEN_PUBLIC_URL?',
    );
    expect(messageOf(() => readConfig({ FOXDEN_SMTPURL: '' }))).toContain('did you mean FOXDEN_SMTP_URL?');
  });

  test('a name that resembles none points to the list', () => {
    expect(messageOf(() => readConfig({ FOXDEN_COLOUR_OF_THE_MOON: 'red' }))).toBe(
      'FOXDEN_COLOUR_OF_THE_MOON is not a setting; "foxden config explain" lists them all.',
    );
  });

  test('edit distance decides: one letter is near, half of the letters is not', () => {
    expect(nearestName('lisen', ['dataDir', 'listen'])).toBe('listen');
    expect(nearestName('lamp', ['listen'])).toBeUndefined();
  });
});

describe('settings file', () => {
  test('fills what the environment leaves open, and the environment wins', () => {
    const file = join(folder, 'foxden.env');
    writeFileSync(file, '# comment\nFOXDEN_SITE_NAME="File Name"\nFOXDEN_HAWK_CHECK=mac\n');
    const fromName = readConfig({ FOXDEN_CONFIG_FILE: file, FOXDEN_HAWK_CHECK: 'id' });
    expect(fromName).toMatchObject({ siteName: 'File Name', hawkCheck: 'id' });
    expect(readConfig({}, { file })).toMatchObject({ siteName: 'File Name', hawkCheck: 'mac' });
  });

  test('an unknown name is refused with the file it is in', () => {
    const file = join(folder, 'typo.env');
    writeFileSync(file, 'FOXDEN_LISTN=127.0.0.1:1\n');
    expect(messageOf(() => readConfig({}, { file }))).toBe(
      `FOXDEN_LISTN in ${file} is not a setting; did you mean FOXDEN_LISTEN?`,
    );
  });

  test('a file that is not there stops the start', () => {
    expect(messageOf(() => readConfig({ FOXDEN_CONFIG_FILE: join(folder, 'none') }))).toContain('cannot be read');
  });
});

describe('createConfig', () => {
  test('keeps what is given and refuses what the environment could not say either', () => {
    expect(createConfig({ databaseUrl: 'sqlite::memory:', mailboxListen: null }).mailboxListen).toBeNull();
    expect(messageOf(() => createConfig({ listen: { host: 'x', port: 70000 } }))).toBe(
      'listen is {"host":"x","port":70000}; it must be host:port (an IPv6 address in brackets), for example 0.0.0.0:3030.',
    );
    expect(messageOf(() => createConfig({ mailboxListen: { host: '0.0.0.0', port: 1 } }))).toContain('loopback');
    expect(messageOf(() => createConfig({ listen: '127.0.0.1:1' as never }))).toContain('listen is "127.0.0.1:1"');
    expect(messageOf(() => createConfig({ rateLimits: 1 as never }))).toContain('on or off');
  });

  test('passes a complete config through unchanged', () => {
    const complete = readConfig(Object.fromEntries(Object.values(SETTINGS).map((s) => [s.environment, s.example])));
    expect(createConfig(complete)).toEqual(complete);
    expect(createConfig(createConfig())).toEqual(DEFAULTS);
  });

  test('refuses an unknown key with the key that was meant', () => {
    expect(messageOf(() => createConfig({ publicURI: 'x' } as never))).toBe(
      'publicURI is not a setting; did you mean publicUrl?',
    );
  });
});

describe('warnings', () => {
  test('nothing to say about the defaults or about https with a mail server', () => {
    expect(configWarnings(createConfig())).toEqual([]);
    expect(
      configWarnings(createConfig({ publicUrl: 'https://fox.example', smtpUrl: 'smtp://mail.fox.example' })),
    ).toEqual([]);
  });

  test.each([
    ['FOXDEN_PUBLIC_URL', { publicUrl: 'http://fox.example', smtpUrl: 'smtp://m' }],
    ['FOXDEN_SMTP_URL', { publicUrl: 'https://fox.example' }],
    ['FOXDEN_MAILBOX_LISTEN', { smtpUrl: 'smtp://m', mailboxListen: { host: '::1', port: 1 } }],
    ['FOXDEN_RATE_LIMITS', { publicUrl: 'https://fox.example', smtpUrl: 'smtp://m', rateLimits: false }],
    ['FOXDEN_TRUSTED_PROXIES', { trustedProxies: ['0.0.0.0/0'] }],
    ['FOXDEN_NOTIFY_URLS', { notifyUrls: ['https://a.example', 'http://a.example/events'] }],
    ['FOXDEN_BLOCK_TEST_ADDRESSES', { blockTestAddresses: true }],
  ])('%s alone is warned of', (name, partial) => {
    const warnings = configWarnings(createConfig(partial));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(new RegExp(`^${name} `));
  });
});
