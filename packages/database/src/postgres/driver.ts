import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import type { Durability } from '../storage.js';
import { transactionFailed, transactionOver } from '../transaction-errors.js';
import { retryConflicts } from './retry.js';

/**
 * Kysely's dialect over a pool that somebody else opens and closes. Unlike Kysely's own, it throws broken connections
 * away, keeps the first error when the rollback fails too, and takes no commit for done that PostgreSQL turned down.
 */
export function postgresDialect(pool: pg.Pool, kind: TransactionKind): Dialect {
  return {
    createDriver: () => new PostgresDriver(pool, kind),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

// What may be done once is decided by a conditional statement, which READ COMMITTED re-checks on the newest row.
const BEGIN = 'begin isolation level read committed';
const BEGIN_TRANSACTION: Readonly<Record<TransactionKind, string>> = {
  full: BEGIN,
  relaxed: `${BEGIN}; set local synchronous_commit = off`,
  snapshot: 'begin isolation level repeatable read read only',
};

type TransactionKind = Durability | 'snapshot';

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #broken = false;
  #begun = false;
  #over = false;
  #failure: unknown;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // As on SQLite, where it cannot be bound; pg would take it for null.
    if (query.parameters.includes(undefined)) throw new TypeError('A parameter of the statement is undefined.');
    if (this.#over) throw transactionOver();
    const run = (): Promise<pg.QueryResult> => this.#query(query.sql, query.parameters);
    // A statement outside of a transaction is one by itself, so that it can run again like one.
    const { rows, rowCount } = await (this.#begun ? run() : retryConflicts(run));
    return rowCount === null ? { rows } : { rows, numAffectedRows: BigInt(rowCount) };
  }

  async begin(kind: TransactionKind): Promise<void> {
    await this.#query(BEGIN_TRANSACTION[kind]);
    this.#begun = true;
  }

  async commit(): Promise<void> {
    this.#over = true;
    const { command } = await this.#query('commit');
    if (command !== 'COMMIT') throw transactionFailed(this.#failure);
  }

  async rollback(): Promise<void> {
    this.#over = true;
    try {
      await this.#query('rollback');
    } catch {
      // The server undoes it when the connection goes; why it failed in the first place is the error to report.
      this.#broken = true;
    }
  }

  release(): void {
    this.#client.release(this.#broken);
  }

  streamQuery(): never {
    throw new Error('Streaming is not supported: read in batches.');
  }

  async #query(text: string, parameters: readonly unknown[] = []): Promise<pg.QueryResult> {
    try {
      return await this.#client.query(text, parameters as unknown[]);
    } catch (error) {
      this.#failure ??= error;
      if (isConnectionLost(error)) this.#broken = true;
      throw withoutValues(error);
    }
  }
}

class PostgresDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #kind: TransactionKind;

  constructor(pool: pg.Pool, kind: TransactionKind) {
    this.#pool = pool;
    this.#kind = kind;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    return new PostgresConnection(await this.#pool.connect());
  }

  beginTransaction(connection: PostgresConnection): Promise<void> {
    return connection.begin(this.#kind);
  }

  commitTransaction(connection: PostgresConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: PostgresConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {}
}

/** SQLSTATE classes 08 (connection exception), 57P (shutdown), 25P03 (idle too long); or no answer at all. */
function isConnectionLost(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || /^(08|57P|25P03)/.test(error.code ?? '');
}

/** PostgreSQL tells the values of the row in question, such as an email address; they must not reach a log. */
function withoutValues(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) {
    error.detail = undefined;
    error.where = undefined;
  }
  return error;
}
