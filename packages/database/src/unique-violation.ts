/** SQLSTATE unique_violation. */
const POSTGRES_CODE = '23505';

/** A row with the same key, or the same value in a unique index, exists already. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === POSTGRES_CODE) return true;
  // The extended result code is missing from some errors of the SQLite add-on; the text is the same everywhere.
  return error.code === 'ERR_SQLITE_ERROR' && error.message.startsWith('UNIQUE constraint failed');
}
