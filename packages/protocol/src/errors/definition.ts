/** One error that a route may answer: what goes on the wire, and the name it has in code. */
export interface ErrorDefinition {
  /** Name in code and documentation. */
  readonly name: string;
  readonly errno: number;
  /** HTTP status; repeated as `code` in the body. */
  readonly status: number;
  readonly message: string;
  /** `error` member of the body where it is not the HTTP reason phrase. */
  readonly error?: string;
  /** The error's name in RFC 6749 §5.2, RFC 6750 §3.1 or OpenID Connect, sent as `error` to clients of those protocols. */
  readonly oauth?: string;
}

/** Gives every entry of a table its key as `name`. */
export function errorTable<const T extends Record<string, Omit<ErrorDefinition, 'name'>>>(
  entries: T,
): { readonly [K in keyof T]: ErrorDefinition } {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { name, ...entry }])) as {
    [K in keyof T]: ErrorDefinition;
  };
}

/** The JSON body of an error answer (auth-api §4.1). Extra members sit at top level. */
export interface ErrorBody {
  readonly code: number;
  readonly errno: number;
  readonly error: string;
  readonly message: string;
  readonly info: string;
  readonly [extra: string]: unknown;
}

/** Where `info` of an error body points. */
export const ERROR_INFO_URL = 'https://mozilla.github.io/ecosystem-platform/api#section/Response-format';
