import { FxaError } from '../errors/fxa-error.js';

/** JSON members of any object; what is none has no members. */
export type Members = Readonly<Record<string, unknown>>;

/** Reads a value of untrusted JSON, or throws {@link FxaError} `Other` that names the member. */
export type Reader<T> = (value: unknown, name: string) => T;

export function unexpected(name: string, rule: string): FxaError {
  return new FxaError('Other', `Unexpected data: ${name} ${rule}`);
}

export const text: Reader<string> = (value, name) => {
  if (typeof value !== 'string') throw unexpected(name, 'must be a text');
  return value;
};

export const flag: Reader<boolean> = (value, name) => {
  if (typeof value !== 'boolean') throw unexpected(name, 'must be true or false');
  return value;
};

export const whole: Reader<number> = (value, name) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw unexpected(name, 'must be a whole number');
  return value;
};

export const members: Reader<Members> = (value, name) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(name, 'must be an object');
  return value as Members;
};

/** Null or absent is null. */
export function optional<T>(read: Reader<T>): Reader<T | null> {
  return (value, name) => (value === undefined || value === null ? null : read(value, name));
}

/** Absent is the default. */
export function withDefault<T>(read: Reader<T>, fallback: T): Reader<T> {
  return (value, name) => (value === undefined ? fallback : read(value, name));
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw unexpected(name, 'must be a list');
    return value.map((item, index) => read(item, `${name}[${index}]`));
  };
}

export function record<T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, name) =>
    Object.fromEntries(Object.entries(members(value, name)).map(([key, item]) => [key, read(item, `${name}.${key}`)]));
}

/** Members by their own readers; `name.member` is what their errors say. */
export function object<T>(read: (member: <M>(key: string, reader: Reader<M>) => M) => T): Reader<T> {
  return (value, name) => {
    const own = members(value, name);
    return read((key, reader) => reader(own[key], `${name}.${key}`));
  };
}

/** @throws FxaError `Other` when the text is no JSON */
export function parseJson(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new FxaError('Other', `Unexpected data: ${name} is not JSON`, { cause });
  }
}
