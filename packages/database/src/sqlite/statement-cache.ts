import type { SqliteDatabase, SqliteStatement } from './load-driver.js';

/** Prepared statements by their text; past the limit, the one unused for longest goes. */
export class StatementCache {
  readonly #database: SqliteDatabase;
  readonly #limit: number;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: SqliteDatabase, limit: number) {
    this.#database = database;
    this.#limit = limit;
  }

  get size(): number {
    return this.#statements.size;
  }

  /** @throws the driver's error when the text is not valid SQL; nothing is kept then */
  prepare(sql: string): SqliteStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      if (this.#statements.size >= this.#limit) this.#dropOldest();
    } else {
      // A Map iterates in order of insertion, so putting it back makes it the youngest.
      this.#statements.delete(sql);
    }
    this.#statements.set(sql, statement);
    return statement;
  }

  #dropOldest(): void {
    for (const sql of this.#statements.keys()) {
      this.#statements.delete(sql);
      return;
    }
  }
}
