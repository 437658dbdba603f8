import type { TemplateName, TemplateValues } from './values.js';

/** What a template sees of the letter it writes. */
export interface TemplateInput<N extends TemplateName> {
  /** Hex, 32 digits. */
  readonly uid: string;
  readonly service: string | undefined;
  readonly values: TemplateValues[N];
  /** A page of ours with its query; parameters without a value are left out. */
  readonly link: (path: string, query?: Readonly<Record<string, string | undefined>>) => string;
}

/** What a template decides. The words come from the Fluent message with the template's name. */
export interface TemplateContent {
  /** Machine-readable headers beside the common ones (auth-api §8). */
  readonly headers?: Readonly<Record<string, string>>;
  /** What a person types: shown large. */
  readonly code?: string;
  /** Address of the main action; also sent as X-Link. */
  readonly action?: string;
  /** An address that the mail is about. */
  readonly email?: string;
  readonly device?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time?: number | undefined;
  /** Numbers in the words. */
  readonly variables?: Readonly<Record<string, number>>;
}

/** One kind of mail. */
export interface Template<N extends TemplateName> {
  /** Grows when the mail changes in a way that readers of its headers may notice. */
  readonly version: number;
  readonly compose: (input: TemplateInput<N>) => TemplateContent;
}
