/** A text or byte string does not have the shape, length or members that its format asks for. */
export class MalformedError extends Error {
  readonly kind = 'malformed';
  override readonly name = 'MalformedError';
}

/** A MAC or authentication tag does not match: the bytes were changed, or the key is another one. */
export class IntegrityError extends Error {
  readonly kind = 'integrity';
  override readonly name = 'IntegrityError';
}
