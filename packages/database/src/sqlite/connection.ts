import type { CompiledQuery, QueryResult } from 'kysely';
import type { Durability } from '../storage.js';
import { retryWhileBusy } from './busy.js';
import type { SqliteDatabase, SqliteStatement, SqliteValue } from './load-driver.js';
import { StatementCache } from './statement-cache.js';

const CACHED_STATEMENTS = 500;

/** What a transaction is for: writing, with a durability, or reading what one moment holds. */
export type TransactionKind = Durability | 'snapshot';

/** The one connection to an SQLite file, with its cache of statements. Who may use it when is decided elsewhere. */
export class SqliteConnection {
  readonly #database: SqliteDatabase;
  readonly #statements: StatementCache;
  readonly #begin: SqliteStatement;
  readonly #beginSnapshot: SqliteStatement;
  readonly #commit: SqliteStatement;
  readonly #rollback: SqliteStatement;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#statements = new StatementCache(database, CACHED_STATEMENTS);
    this.#begin = database.prepare('begin immediate');
    this.#beginSnapshot = database.prepare('begin deferred');
    this.#commit = database.prepare('commit');
    this.#rollback = database.prepare('rollback');
  }

  /** Runs one statement, now. */
  run<R>(query: CompiledQuery): QueryResult<R> {
    const statement = this.#statements.prepare(query.sql);
    const parameters = query.parameters as readonly SqliteValue[];
    if (returnsRows(query)) return { rows: statement.all(...parameters) as R[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) };
  }

  /** Begins a transaction; one that writes has the write lock, and waits while another connection has it. */
  async begin(kind: TransactionKind): Promise<void> {
    if (kind === 'snapshot') {
      this.#beginSnapshot.run();
      return;
    }
    // Not a cached statement: SQLite obeys this pragma when it is prepared. It is refused inside a transaction.
    if (kind === 'full') this.#database.exec('pragma synchronous = full');
    try {
      await retryWhileBusy(() => this.#begin.run());
    } catch (error) {
      this.#relax();
      throw error;
    }
  }

  commit(): void {
    this.#commit.run();
    this.#relax();
  }

  rollback(): void {
    try {
      this.#rollback.run();
    } catch {
      // Only said when there is no transaction any more: SQLite undoes it by itself after, say, a full disk.
    }
    this.#relax();
  }

  close(): void {
    this.#database.close();
  }

  #relax(): void {
    this.#database.exec('pragma synchronous = normal');
  }
}

/** Judged by the query, since `node:sqlite` cannot tell before 22.16. */
function returnsRows(query: CompiledQuery): boolean {
  const node = query.query;
  switch (node.kind) {
    case 'InsertQueryNode':
    case 'UpdateQueryNode':
    case 'DeleteQueryNode':
      return 'returning' in node && node.returning !== undefined;
    case 'RawNode':
      return !/^\s*(insert|update|delete)\b/i.test(query.sql) || /\breturning\b/i.test(query.sql);
    default:
      return true;
  }
}
