import ipaddr from 'ipaddr.js';
import type { ListenAddress } from './config.js';
import { isLoopbackHost } from './loopback.js';

/** How values of one kind are written as text. */
export interface ValueKind<T> {
  /** What is accepted, as the end of a sentence: "must be …". */
  readonly accepts: string;
  /** The value, or undefined when the text is not one. */
  parse(text: string): T | undefined;
  format(value: T): string;
}

const asIs = (value: string): string => value;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** One of a few words. */
export function choice<const T extends string>(...words: readonly T[]): ValueKind<T> {
  return {
    accepts: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    parse: (text) => words.find((word) => word === text),
    format: asIs,
  };
}

export const onOff: ValueKind<boolean> = {
  accepts: 'on or off',
  parse: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
  format: (value) => (value === true ? 'on' : value === false ? 'off' : ''),
};

export const path: ValueKind<string> = {
  accepts: 'a path',
  parse: (text) => (CONTROL.test(text) || text === '' ? undefined : text),
  format: asIs,
};

/** The path of a file, or none. */
export const optionalPath: ValueKind<string | null> = {
  accepts: 'a path, or off',
  parse: (text) => (text === 'off' ? null : path.parse(text)),
  format: (value) => value ?? 'off',
};

export const shortText: ValueKind<string> = {
  accepts: 'a text of 1 to 64 characters on one line',
  parse: (text) => (text.length >= 1 && text.length <= 64 && !CONTROL.test(text) ? text : undefined),
  format: asIs,
};

/** A whole number within bounds, which are included. */
export function wholeNumber(least: number, most: number): ValueKind<number> {
  return {
    accepts: `a whole number from ${least} to ${most}`,
    parse(text) {
      const number = /^\d{1,15}$/.test(text) ? Number(text) : -1;
      return number >= least && number <= most ? number : undefined;
    },
    format: String,
  };
}

/** A value of a kind, or `off`. */
export function orOff<T>(kind: ValueKind<T>): ValueKind<T | null> {
  return {
    accepts: `${kind.accepts}, or off`,
    parse: (text) => (text === 'off' ? null : kind.parse(text)),
    format: (value) => (value === null ? 'off' : kind.format(value)),
  };
}

/** A secret that is the text itself, so long that nobody guesses it. */
export const secretText: ValueKind<string> = {
  accepts: 'a text of 16 to 256 characters on one line',
  parse: (text) => (text.length >= 16 && text.length <= 256 && !CONTROL.test(text) ? text : undefined),
  format: asIs,
};

export const domain: ValueKind<string> = {
  accepts: 'a domain name',
  parse: (text) => (/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?$/.test(text) ? text : undefined),
  format: asIs,
};

/** host:port, an IPv6 host in brackets. */
export const listenAddress: ValueKind<ListenAddress> = {
  accepts: 'host:port (an IPv6 address in brackets)',
  parse(text) {
    const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
    const port = Number(match?.[3]);
    const [, bracketed, plain] = match ?? [];
    if (match === null || port > 65535) return undefined;
    if (bracketed !== undefined) return ipaddr.IPv6.isValid(bracketed) ? { host: bracketed, port } : undefined;
    // What looks like an IPv4 address has to be one: 127.0.0.256 is no host name.
    if (plain === undefined || (/^[\d.]+$/.test(plain) && !ipaddr.IPv4.isValidFourPartDecimal(plain))) return undefined;
    return { host: plain, port };
  },
  format: ({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`,
};

/** A listen address that only this machine reaches, or `off`. */
export const loopbackListenAddress: ValueKind<ListenAddress | null> = {
  accepts: 'host:port on a loopback address, or off',
  parse(text) {
    if (text === 'off') return null;
    const address = listenAddress.parse(text);
    return address !== undefined && isLoopbackHost(address.host) ? address : undefined;
  },
  format: (value) => (value === null ? 'off' : listenAddress.format(value)),
};

/** An http or https URL with an optional path; the result has no trailing slash. */
export const baseUrl: ValueKind<string> = {
  accepts: 'an http or https URL without user, query and fragment',
  parse(text) {
    const url = parseUrl(text, ['http:', 'https:']);
    if (url === undefined || url.username !== '' || url.password !== '' || /[?#]/.test(text)) return undefined;
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  },
  format: asIs,
};

export const databaseUrl: ValueKind<string> = {
  accepts: 'sqlite:<path>, sqlite::memory: or postgres://user:password@host/database',
  parse(text) {
    if (text.startsWith('sqlite:')) {
      const file = text.slice('sqlite:'.length);
      return file === ':memory:' || (path.parse(file) !== undefined && !file.startsWith(':')) ? text : undefined;
    }
    return parseUrl(text, ['postgres:', 'postgresql:']) && text.replace(/^postgresql:/i, 'postgres:');
  },
  format: asIs,
};

export const smtpUrl: ValueKind<string | null> = {
  accepts: 'smtp://[user:password@]host[:port], smtps://…, or off',
  parse(text) {
    if (text === 'off') return null;
    const url = parseUrl(text, ['smtp:', 'smtps:']);
    return url === undefined || url.hostname === '' ? undefined : text;
  },
  format: (value) => value ?? 'off',
};

/** One mailbox: `address` or `Name <address>`. */
export const mailbox: ValueKind<string> = {
  accepts: 'an email address, or Name <address>',
  parse(text) {
    const match = /^(?:[^<>@"]*<([^<>\s]+)>|([^<>\s]+))$/.exec(text);
    const address = match?.[1] ?? match?.[2];
    return address !== undefined && !CONTROL.test(text) && /^[^@]+@[^@]+$/.test(address) ? text : undefined;
  },
  format: asIs,
};

/** Comma-separated addresses and CIDR blocks. */
export const addressList: ValueKind<readonly string[]> = {
  accepts: 'IP addresses and CIDR blocks, separated by commas',
  parse(text) {
    const entries = text.split(',').flatMap((entry) => entry.trim() || []);
    return entries.every(isAddressOrBlock) ? entries : undefined;
  },
  format: (value) => value.join(','),
};

/** Comma-separated http and https URLs. */
export const urlList: ValueKind<readonly string[]> = {
  accepts: 'http or https URLs without user, separated by commas',
  parse(text) {
    const entries = text.split(',').flatMap((entry) => entry.trim() || []);
    return entries.every(isPostable) ? entries : undefined;
  },
  format: (value) => value.join(','),
};

/** What `fetch` takes: no user and password. */
function isPostable(text: string): boolean {
  const url = parseUrl(text, ['http:', 'https:']);
  return url !== undefined && url.username === '' && url.password === '';
}

/** Comma-separated ids of OAuth clients. */
export const clientIdList: ValueKind<readonly string[]> = {
  accepts: 'client ids of 16 hex digits, separated by commas',
  parse(text) {
    const entries = text.split(',').flatMap((entry) => entry.trim().toLowerCase() || []);
    return entries.every((entry) => /^[0-9a-f]{16}$/.test(entry)) ? entries : undefined;
  },
  format: (value) => value.join(','),
};

/** Comma-separated origins: scheme, host and port. */
export const originList: ValueKind<readonly string[]> = {
  accepts: 'http or https origins (scheme, host and port only), separated by commas',
  parse(text) {
    const origins = text
      .split(',')
      .flatMap((entry) => entry.trim() || [])
      .map(originOf);
    return origins.every((origin) => origin !== undefined) ? origins : undefined;
  },
  format: (value) => value.join(','),
};

function originOf(text: string): string | undefined {
  const url = parseUrl(text, ['http:', 'https:']);
  return url !== undefined && text.toLowerCase().replace(/\/$/, '') === url.origin ? url.origin : undefined;
}

function isAddressOrBlock(text: string): boolean {
  return text.includes('/')
    ? ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text)
    : ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

function parseUrl(text: string, protocols: readonly string[]): URL | undefined {
  if (CONTROL.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return protocols.includes(url.protocol) ? url : undefined;
}
