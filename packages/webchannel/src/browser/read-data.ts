import type { RequestedServices, SyncEngineChoice } from '@foxden/protocol';

export type Data = Readonly<Record<string, unknown>>;

/** The data of a message; nothing where there is none. */
export function readData(data: unknown): Data {
  return isObject(data) ? data : {};
}

/** @throws TypeError when it is missing, empty or not text */
export function requiredText(data: Data, name: string): string {
  const value = data[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is missing`);
  return value;
}

export function optionalText(data: Data, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @throws TypeError when it is not hex of that many digits */
export function requiredHex(data: Data, name: string, digits: number): string {
  const value = requiredText(data, name);
  if (value.length !== digits || !/^[0-9a-f]+$/i.test(value)) throw new TypeError(`${name} is malformed`);
  return value.toLowerCase();
}

export function optionalHex(data: Data, name: string, digits: number): string | undefined {
  return data[name] === undefined || data[name] === null ? undefined : requiredHex(data, name, digits);
}

/** `services` as far as it can be understood: an object of objects. */
export function readServices(data: Data): RequestedServices {
  const entries = Object.entries(readData(data['services'])).filter(([, service]) => isObject(service));
  return Object.fromEntries(entries) as RequestedServices;
}

/** The engine choice of `services.sync` or, by other names, of older messages. Both lists, or none (webchannel §5.1). */
export function readChoice(data: Data, offered: string, declined: string): SyncEngineChoice | undefined {
  const [offeredEngines, declinedEngines] = [data[offered], data[declined]];
  if (!isTexts(offeredEngines) || !isTexts(declinedEngines)) return undefined;
  return { offeredEngines, declinedEngines: declinedEngines.filter((engine) => offeredEngines.includes(engine)) };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
