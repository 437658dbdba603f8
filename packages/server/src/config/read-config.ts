import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Config } from './config.js';
import { ConfigError } from './config-error.js';
import { nearestName } from './nearest-name.js';
import { SETTINGS, type Setting } from './settings.js';

/** Names a file of `NAME=value` lines; what the environment sets wins over it. */
export const CONFIG_FILE_VARIABLE = 'FOXDEN_CONFIG_FILE';

/** Names that belong to tests; never settings. */
const TEST_PREFIX = 'FOXDEN_TEST_';

type Texts = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment and, if one is named, from a file of `NAME=value` lines.
 * An empty value counts as not set. Names that do not begin with `FOXDEN_` are not looked at.
 * @throws ConfigError for an unknown `FOXDEN_` name, a bad value or an unreadable file
 */
export function readConfig(env: Texts, options: { readonly file?: string } = {}): Config {
  const file = options.file ?? (env[CONFIG_FILE_VARIABLE] || undefined);
  const fromFile = file === undefined ? {} : readTexts(file);
  refuseUnknownNames(env, '');
  refuseUnknownNames(fromFile, ` in ${file}`);
  const texts: Texts = { ...fromFile, ...Object.fromEntries(Object.entries(env).filter(([, text]) => text)) };
  return fill((_key, setting) => {
    const text = texts[setting.environment];
    return text === undefined || text === '' ? undefined : parseSetting(setting.environment, setting, text);
  });
}

/**
 * Completes settings given in code with the defaults, checked by the rules that text is checked by.
 * A member that is undefined counts as not set.
 * @throws ConfigError for an unknown key or a bad value
 */
export function createConfig(partial: Partial<Config> = {}): Config {
  const keys = Object.keys(SETTINGS);
  for (const key of Object.keys(partial)) {
    if (!keys.includes(key)) throw new ConfigError(`${key} is not a setting${suggestion(nearestName(key, keys))}`);
  }
  return fill((key, setting) => checkValue(key, setting, partial[key]));
}

/** Makes a Config of the values that are given and the defaults of the others, in the table's order. */
function fill(given: <K extends keyof Config>(key: K, setting: Setting<Config[K]>) => Config[K] | undefined): Config {
  const config = {} as { -readonly [K in keyof Config]: Config[K] };
  const set = <K extends keyof Config>(key: K): void => {
    const setting: Setting<Config[K]> = SETTINGS[key];
    const value = given(key, setting);
    config[key] = value === undefined ? setting.defaultFrom(config) : value;
  };
  for (const key of Object.keys(SETTINGS)) set(key as keyof Config);
  return config;
}

function checkValue<T>(key: string, setting: Setting<T>, value: T | undefined): T | undefined {
  return value === undefined ? undefined : parseSetting(key, setting, textOf(setting, value), JSON.stringify(value));
}

/** A caller without types may hand over anything; what cannot be written as text becomes what no setting accepts. */
function textOf<T>(setting: Setting<T>, value: T): string {
  try {
    return String(setting.kind.format(value));
  } catch {
    return '';
  }
}

function parseSetting<T>(name: string, setting: Setting<T>, text: string, shown = JSON.stringify(text)): T {
  const value = setting.kind.parse(text.trim());
  if (value !== undefined) return value;
  const problem = setting.secret ? `${name} has a value that cannot be used` : `${name} is ${shown}`;
  throw new ConfigError(`${problem}; it must be ${setting.kind.accepts}, for example ${setting.example}.`);
}

function refuseUnknownNames(texts: Texts, where: string): void {
  const known = [...Object.values(SETTINGS).map(({ environment }) => environment), CONFIG_FILE_VARIABLE];
  for (const name of Object.keys(texts)) {
    if (!name.startsWith('FOXDEN_') || name.startsWith(TEST_PREFIX) || known.includes(name)) continue;
    throw new ConfigError(`${name}${where} is not a setting${suggestion(nearestName(name, known))}`);
  }
}

function suggestion(nearest: string | undefined): string {
  return nearest === undefined ? '; "foxden config explain" lists them all.' : `; did you mean ${nearest}?`;
}

function readTexts(file: string): Texts {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`The settings file ${file} cannot be read; check ${CONFIG_FILE_VARIABLE}.`, { cause });
  }
}
