/** Answers of the storage that are not a success: HTTP status and the one number that is the body (sync §4.8). */
export const WEAVE_ERRORS = {
  NOT_MODIFIED: { status: 304, code: undefined },
  BAD_REQUEST: { status: 400, code: 0 },
  INVALID_RECORD: { status: 400, code: 8 },
  LIMIT_EXCEEDED: { status: 400, code: 17 },
  UNAUTHORIZED: { status: 401, code: 0 },
  OVER_QUOTA: { status: 403, code: 14 },
  NOT_FOUND: { status: 404, code: 0 },
  METHOD_NOT_ALLOWED: { status: 405, code: 0 },
  NOT_ACCEPTABLE: { status: 406, code: 0 },
  MODIFIED: { status: 412, code: 0 },
  TOO_LARGE: { status: 413, code: 17 },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, code: 0 },
  UNEXPECTED: { status: 500, code: 0 },
  /** A conflict, for which the specification has 409; clients mishandle that one. */
  CONFLICT: { status: 503, code: 0 },
} as const;

export type WeaveErrorName = keyof typeof WEAVE_ERRORS;

/** What storage operations throw. */
export class WeaveError extends Error {
  override readonly name = 'WeaveError';
  readonly kind: WeaveErrorName;
  /** Centiseconds: `X-Last-Modified` of a 304 or 412. */
  readonly lastModified: number | undefined;

  constructor(kind: WeaveErrorName, details: { readonly lastModified?: number; readonly cause?: unknown } = {}) {
    super(kind, { cause: details.cause });
    this.kind = kind;
    this.lastModified = details.lastModified;
  }
}
