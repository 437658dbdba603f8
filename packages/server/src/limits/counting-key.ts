import { createHash, createHmac } from 'node:crypto';
import { normalizeEmail } from '@foxden/protocol';
import ipaddr from 'ipaddr.js';
import type { Subject } from './limits.js';
import type { Property } from './rule.js';

/** Stands for all actions in the key of a ban; no action has this name. */
export const EVERY_ACTION = '*';

/** Makes the keys of counters. With the server secret, a copy of the table does not tell whom it counted. */
export interface CountingKeys {
  /** `action:property:digest`, or undefined when the subject lacks what the property counts by. */
  of(action: string, property: Property, subject: Subject): string | undefined;
  /** What the keys of an action begin with that count an address together with an IP address. */
  emailPairs(action: string, email: string): string;
}

/** Makes the functions that turn a subject into keys; `secret` (bytes) keys the digests. */
export function countingKeys(secret: Uint8Array | undefined): CountingKeys {
  const digest = (kind: string, value: string): string =>
    (secret === undefined ? createHash('sha256') : createHmac('sha256', secret))
      .update(`${kind}:${value}`)
      .digest('hex')
      .slice(0, 32);
  const ip = (subject: Subject): string => digest('ip', addressGroup(subject.ip));
  const email = (text: string): string => digest('email', normalizeEmail(text));
  const uid = (text: string): string => digest('uid', text.toLowerCase());

  const digestsOf = (property: Property, subject: Subject): string | undefined => {
    switch (property) {
      case 'ip':
        return ip(subject);
      case 'email':
        return subject.email === undefined ? undefined : email(subject.email);
      case 'uid':
        return subject.uid === undefined ? undefined : uid(subject.uid);
      // The account comes first: what was counted for an address is found by the beginning of the key.
      case 'ip_email':
        return subject.email === undefined ? undefined : `${email(subject.email)}.${ip(subject)}`;
      case 'ip_uid':
        return subject.uid === undefined ? undefined : `${uid(subject.uid)}.${ip(subject)}`;
    }
  };

  return {
    of(action, property, subject) {
      const value = digestsOf(property, subject);
      return value === undefined ? undefined : `${action}:${property}:${value}`;
    },
    emailPairs: (action, text) => `${action}:ip_email:${email(text)}.`,
  };
}

/** What a key counts by. */
export function propertyOfKey(key: string): string | undefined {
  return key.split(':')[1];
}

/**
 * What counts as one address: an IPv4 address, also one written as IPv6 (RFC 4291 §2.5.5.2), or an IPv6 network of 64
 * bits, because one subscriber has at least that many (RFC 6177 §2).
 */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
