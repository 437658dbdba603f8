import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { FailureName, InAppError } from '../machine/errors.js';
import { ENGLISH } from './english.js';

/** Waited for where the server does not say how long, in minutes. */
const DEFAULT_WAIT = 15;

/** A text in Fluent by its id. */
export interface Message {
  readonly id: string;
  readonly args: Readonly<Record<string, number>>;
}

/** The message of an error (in-app-auth §9, §14). */
export function errorMessage({ name, retryAfterSec }: Pick<InAppError, 'name' | 'retryAfterSec'>): Message {
  const minutes = retryAfterSec > 0 ? Math.ceil(retryAfterSec / 60) : DEFAULT_WAIT;
  return { id: `in-app-error-${kebab(name)}`, args: name === 'TooManyRequests' ? { minutes } : {} };
}

/** The message of why a flow ended. */
export function failureMessage(name: FailureName): Message {
  return { id: `in-app-failure-${kebab(name)}`, args: {} };
}

/** A bundle of a translation over the English texts, or of these alone. */
export function textBundle(locale = 'en', translation?: string): FluentBundle {
  const bundle = new FluentBundle([locale, 'en']);
  bundle.addResource(new FluentResource(ENGLISH));
  if (translation !== undefined) bundle.addResource(new FluentResource(translation), { allowOverrides: true });
  return bundle;
}

/** The text of a message, as far as it can be read; its id where the bundle has none. */
export function format(bundle: FluentBundle, { id, args }: Message): string {
  const pattern = bundle.getMessage(id)?.value;
  return pattern == null ? id : bundle.formatPattern(pattern, args, []);
}

function kebab(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
}
