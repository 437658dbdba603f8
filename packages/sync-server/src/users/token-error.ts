/** Errors of the token server: HTTP status and the members of the body (sync §2.5). */
export const TOKEN_ERRORS = {
  NO_AUTHORIZATION: { http: 401, status: 'error', location: 'body', description: 'Unauthorized' },
  UNSUPPORTED_SCHEME: { http: 401, status: 'error', location: 'body', description: 'Unsupported' },
  INVALID_CREDENTIALS: { http: 401, status: 'invalid-credentials', location: 'body', description: 'Unauthorized' },
  MISSING_KEY_ID: { http: 401, status: 'invalid-key-id', location: 'header', description: 'Missing X-KeyID header' },
  INVALID_KEY_ID: { http: 401, status: 'invalid-key-id', location: 'header', description: 'Invalid X-KeyID header' },
  BAD_CLIENT_STATE: {
    http: 400,
    status: 'error',
    location: 'header',
    name: 'X-Client-State',
    description: 'Invalid client state value',
  },
  OTHER_CLIENT_STATE: { http: 401, status: 'invalid-client-state', location: 'body', description: 'Unauthorized' },
  EMPTY_CLIENT_STATE: clientState('empty string'),
  STALE_CLIENT_STATE: clientState('stale value'),
  CLIENT_STATE_WITHOUT_GENERATION: clientState('new value with no generation change'),
  CLIENT_STATE_WITHOUT_KEYS_CHANGED_AT: clientState('new value with no keys_changed_at change'),
  INVALID_GENERATION: { http: 401, status: 'invalid-generation', location: 'body', description: 'Unauthorized' },
  INVALID_KEYS_CHANGED_AT: {
    http: 401,
    status: 'invalid-keysChangedAt',
    location: 'body',
    description: 'Unauthorized',
  },
  NEW_USERS_DISABLED: {
    http: 403,
    status: 'new-users-disabled',
    location: 'body',
    description: 'New users are not allowed',
  },
  NOT_FOUND: { http: 404, status: 'error', location: 'url', description: 'Not found' },
  UNKNOWN_APPLICATION: {
    http: 404,
    status: 'error',
    location: 'url',
    name: 'application',
    description: 'Unsupported application',
  },
  /** Its `name` is the version that was asked for. */
  UNKNOWN_VERSION: { http: 404, status: 'error', location: 'url', description: 'Unsupported application version' },
  METHOD_NOT_ALLOWED: { http: 405, status: 'error', location: 'body', description: 'Method not allowed' },
  UNEXPECTED: { http: 500, status: 'internal-error', location: 'internal', description: 'Server error' },
  ACCOUNTS_UNAVAILABLE: { http: 503, status: 'error', location: 'body', description: 'Resource is not available' },
  NO_NODE: { http: 503, status: 'internal-error', location: 'internal', description: 'Server error' },
} as const satisfies Readonly<Record<string, TokenErrorDefinition>>;

interface TokenErrorDefinition {
  readonly http: number;
  readonly status: string;
  readonly location: string;
  readonly name?: string;
  readonly description: string;
}

export type TokenErrorName = keyof typeof TOKEN_ERRORS;

function clientState(what: string) {
  return {
    http: 401,
    status: 'invalid-client-state',
    location: 'header',
    name: 'X-Client-State',
    description: `Unacceptable client-state value ${what}`,
  } as const;
}

/** What the token server's operations throw. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly kind: TokenErrorName;
  readonly #member: string | undefined;

  /** @param member `name` in the body, where the catalogue leaves it open */
  constructor(kind: TokenErrorName, member?: string) {
    super(kind);
    this.kind = kind;
    this.#member = member;
  }

  get httpStatus(): number {
    return TOKEN_ERRORS[this.kind].http;
  }

  get body(): object {
    const { status, location, description, name = '' }: TokenErrorDefinition = TOKEN_ERRORS[this.kind];
    return { status, errors: [{ location, name: this.#member ?? name, description }] };
  }
}
