import type { Database } from '../storage/index.js';
import type { TemplateName, TemplateValues } from './templates/index.js';

/** One mail to write: a template and what fills it. */
export interface Letter<N extends TemplateName = TemplateName> {
  readonly template: N;
  readonly to: string;
  /** Verified secondary addresses, for security notices. */
  readonly cc?: readonly string[];
  /** Languages as in `Accept-Language`: the account's locale where one is known, else those of the request. */
  readonly locale: string | undefined;
  readonly uid: string;
  readonly service?: string | undefined;
  readonly values: TemplateValues[N];
}

/**
 * Mail leaves in two steps. `post` writes it into the outbox, in the transaction of what it announces, so that a code
 * and its mail exist together or not at all; delivery happens later, with retries, and never fails a request.
 */
export interface Mail {
  post<N extends TemplateName>(db: Database, letter: Letter<N>): Promise<void>;
  /** Tells the delivery loop that a transaction with letters in it has committed. */
  wake(): void;
}
