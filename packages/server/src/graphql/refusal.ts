/** What the reference's framework names its kinds of refusal (graphql §3.1). */
export type RefusalCode =
  | 'UNAUTHENTICATED'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'INTERNAL_SERVER_ERROR';

/** A refusal that no REST route knows, in the words that the settings app compares (graphql §2.1, §3.1). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
