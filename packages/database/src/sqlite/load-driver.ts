/** What SQLite's columns hold, as JavaScript sees it. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** A prepared statement: the part of `node:sqlite` that we use. */
export interface SqliteStatement {
  all(...parameters: SqliteValue[]): unknown[];
  run(...parameters: SqliteValue[]): { changes: number | bigint };
}

/** An open SQLite database: the part of `node:sqlite` that we use. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** Opens databases: `node:sqlite` or an add-on of the same shape. */
export interface SqliteDriver {
  readonly DatabaseSync: new (path: string) => SqliteDatabase;
}

/**
 * Finds SQLite: the one inside Node (22.13 and newer), or the add-on where there is none. Never the add-on beside the
 * built-in: two copies of SQLite in one process gave wrong answers and crashes.
 * @throws Error where neither is present
 */
export async function loadSqliteDriver(): Promise<SqliteDriver> {
  const builtin = withoutExperimentalWarning(
    () => process.getBuiltinModule('node:sqlite') as SqliteDriver | undefined, // absent before 22.13
  );
  if (builtin !== undefined) return builtin;
  try {
    return await import('@photostructure/sqlite');
  } catch (cause) {
    throw new Error('SQLite is missing: use Node 22.13 or newer, or install the package @photostructure/sqlite.', {
      cause,
    });
  }
}

/** Node 22 warns at the first use of its SQLite; that warning alone is held back, others pass. */
function withoutExperimentalWarning<T>(load: () => T): T {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning(warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
