import pg from 'pg';

/** A row with the same key, or the same value in a unique index, exists already. */
export function isUniqueViolation(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === '23505';
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_SQLITE_ERROR' &&
    // The extended result code is missing from some errors of the add-on; the text is the same everywhere.
    error.message.startsWith('UNIQUE constraint failed')
  );
}
