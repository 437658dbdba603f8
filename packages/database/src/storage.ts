import type { Kysely, Transaction } from 'kysely';

/** What stores run their statements on: the storage itself, or a transaction of it. */
export type Database<S> = Kysely<S> | Transaction<S>;

/**
 * How soon a commit must be on the disk. `full`: before the answer, it survives a power cut. `relaxed`: it survives the
 * death of the process; a power cut may take the last moments. Relaxed is for what a client can simply ask for again,
 * such as an access token.
 */
export type Durability = 'full' | 'relaxed';

/** An open database with tables of the schema `S`. */
export interface Storage<S> {
  readonly engine: 'sqlite' | 'postgres';
  /** For reads and single statements (durability `relaxed`). */
  readonly db: Kysely<S>;
  /**
   * Runs what belongs together; a throw undoes all of it. No slow work inside: on SQLite, everybody else waits.
   * Writers exclude each other on SQLite (BEGIN IMMEDIATE); on PostgreSQL (READ COMMITTED) what may be done once is
   * decided by a conditional UPDATE or DELETE … RETURNING. A statement that fails ends its transaction, even if its error
   * is caught. `work` may run again when two transactions are in each other's way, so it changes nothing outside.
   */
  transaction<T>(work: (tx: Transaction<S>) => Promise<T>, durability?: Durability): Promise<T>;
  /** Runs reads that must all see the same moment, whatever is committed meanwhile. Writes in it fail on PostgreSQL. */
  snapshot<T>(work: (tx: Transaction<S>) => Promise<T>): Promise<T>;
  /** Resolves when the database answers; rejects when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
