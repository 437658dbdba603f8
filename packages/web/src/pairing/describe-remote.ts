import type { RemoteMetadata } from '@foxden/pairing';
import type { SupplicantMetadata } from '@foxden/protocol';
import { type Message, message } from '../messages/message.js';

/** The other device in words, as far as anybody knows it. */
export interface RemoteWords {
  readonly device: Message;
  readonly place: string | undefined;
  readonly address: string | undefined;
}

/** In this order: what imitates another browser or system comes before it. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Firefox', /Firefox|FxiOS/],
  ['Thunderbird', /Thunderbird/],
  ['Edge', /Edg/],
  ['Opera', /OPR\//],
  ['Chrome', /Chrom|CriOS/],
  ['Safari', /Safari/],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['iOS', /Firefox-iOS/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X|Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** The text of a user agent is the other side's: it decides between names of ours, and is not shown. */
export function describeRemote({ ua = '', city, region, country, ipAddress }: SupplicantMetadata | RemoteMetadata) {
  const browser = nameIn(BROWSERS, ua);
  const system = nameIn(SYSTEMS, ua);
  const places = [city, region, country].filter((place) => place !== undefined && place !== '');
  const words: RemoteWords = {
    device: deviceOf(browser, system),
    place: places.length === 0 ? undefined : places.join(', '),
    address: ipAddress,
  };
  return words;
}

function deviceOf(browser: string | undefined, system: string | undefined): Message {
  if (browser !== undefined && system !== undefined) return message('pair-device-both', { browser, system });
  const name = browser ?? system;
  return name === undefined ? message('pair-device-unknown') : message('pair-device-one', { name });
}

function nameIn(table: readonly (readonly [string, RegExp])[], ua: string): string | undefined {
  return table.find(([, pattern]) => pattern.test(ua.slice(0, 512)))?.[0];
}
