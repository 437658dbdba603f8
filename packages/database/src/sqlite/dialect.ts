import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { transactionFailed, transactionOver } from '../transaction-errors.js';
import { isBusy, retryWhileBusy } from './busy.js';
import type { SqliteConnection, TransactionKind } from './connection.js';
import type { Turns } from './turns.js';

/** Kysely's dialect for single statements: they wait only while a transaction is open, and never run inside one. */
export function autocommitDialect(sqlite: SqliteConnection, turns: Turns): Dialect {
  return dialect(new AutocommitDriver(new AutocommitConnection(sqlite, turns)));
}

/** Kysely's dialect for transactions of one kind. */
export function transactionDialect(sqlite: SqliteConnection, turns: Turns, kind: TransactionKind): Dialect {
  return dialect(new TransactionDriver(sqlite, turns, kind));
}

function dialect(driver: Driver): Dialect {
  return {
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class AutocommitConnection implements DatabaseConnection {
  readonly #sqlite: SqliteConnection;
  readonly #turns: Turns;

  constructor(sqlite: SqliteConnection, turns: Turns) {
    this.#sqlite = sqlite;
    this.#turns = turns;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // A statement is one synchronous call, so that nothing can come between while no transaction is open.
    if (this.#turns.free) {
      try {
        return this.#sqlite.run(query);
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
    }
    await this.#turns.take();
    try {
      return await retryWhileBusy(() => this.#sqlite.run<R>(query));
    } finally {
      this.#turns.give();
    }
  }

  streamQuery(): never {
    throw new Error('Streaming is not supported: read in batches.');
  }
}

class AutocommitDriver implements Driver {
  readonly #connection: AutocommitConnection;

  constructor(connection: AutocommitConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Error('Transactions begin with storage.transaction(…).');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

/** One transaction. Like PostgreSQL, it takes no more statements after one that failed. */
class TransactionConnection implements DatabaseConnection {
  readonly #sqlite: SqliteConnection;
  #open = false;
  #failure: { readonly cause: unknown } | undefined;

  constructor(sqlite: SqliteConnection) {
    this.#sqlite = sqlite;
  }

  async begin(kind: TransactionKind): Promise<void> {
    await this.#sqlite.begin(kind);
    this.#open = true;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.#open) throw transactionOver();
    if (this.#failure !== undefined) throw transactionFailed(this.#failure.cause);
    try {
      return this.#sqlite.run(query);
    } catch (error) {
      this.#failure = { cause: error };
      throw error;
    }
  }

  async commit(): Promise<void> {
    if (this.#failure !== undefined) throw transactionFailed(this.#failure.cause);
    this.#sqlite.commit();
    this.#open = false;
  }

  async rollback(): Promise<void> {
    this.#open = false;
    this.#sqlite.rollback();
  }

  streamQuery(): never {
    throw new Error('Streaming is not supported: read in batches.');
  }
}

class TransactionDriver implements Driver {
  readonly #sqlite: SqliteConnection;
  readonly #turns: Turns;
  readonly #kind: TransactionKind;

  constructor(sqlite: SqliteConnection, turns: Turns, kind: TransactionKind) {
    this.#sqlite = sqlite;
    this.#turns = turns;
    this.#kind = kind;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.take();
    return new TransactionConnection(this.#sqlite);
  }

  beginTransaction(connection: TransactionConnection): Promise<void> {
    return connection.begin(this.#kind);
  }

  commitTransaction(connection: TransactionConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: TransactionConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(): Promise<void> {
    this.#turns.give();
  }

  async destroy(): Promise<void> {}
}
