import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Database } from './storage.js';

/** Stands for a value of a statement while it is built. */
class Placeholder {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/** Makes {@link Prepare} for the tables of a schema. */
export function preparer<S>(): Prepare<S> {
  return prepare;
}

/**
 * Makes a statement that is built and compiled once instead of at every call. For what every request asks: Kysely takes
 * longer to build such a query than SQLite to answer it. `build` builds the query; its parameters stand for single
 * values, so it cannot look at them.
 */
export type Prepare<S> = <P extends readonly unknown[], R>(
  build: (db: Database<S>, ...parameters: P) => Compilable<R>,
) => (db: Database<S>, ...values: P) => Promise<QueryResult<R>>;

function prepare<S, P extends readonly unknown[], R>(
  build: (db: Database<S>, ...parameters: P) => Compilable<R>,
): (db: Database<S>, ...values: P) => Promise<QueryResult<R>> {
  const placeholders = Array.from({ length: build.length - 1 }, (_, index) => new Placeholder(index));
  // The text depends on the engine, and a transaction has the adapter of its storage.
  const compiled = new WeakMap<object, CompiledQuery<R>>();
  return (db, ...values) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter);
    if (query === undefined) {
      query = build(db, ...(placeholders as unknown as P)).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((value) => (value instanceof Placeholder ? values[value.index] : value));
    return db.executeQuery({ ...query, parameters });
  };
}
