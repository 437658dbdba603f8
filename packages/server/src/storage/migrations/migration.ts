/**
 * What a column holds: bytes, text (ordered by its UTF-8 bytes), an integer of 32 bits, or a time in milliseconds since
 * the epoch. With a question mark it may be null.
 */
export type ColumnType = 'bytes' | 'text' | 'integer' | 'time';
export type Column = ColumnType | `${ColumnType}?`;

export interface CreateTable {
  readonly table: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  /** Small rows, stored in the tree of their key: one search less and no second copy of the key (SQLite). */
  readonly clustered?: true;
  /** Rows may be lost when the database server (not Foxden) crashes, and cost less to write (PostgreSQL). */
  readonly unlogged?: true;
}

export interface CreateIndex {
  readonly indexOn: string;
  readonly columns: readonly string[];
  readonly unique?: true;
  /** Only rows where the last column has a value. */
  readonly present?: true;
}

/** Undoes a {@link CreateIndex} of an older migration. */
export interface DropIndex {
  readonly dropIndexOn: string;
  readonly columns: readonly string[];
}

/** A column that rows from before have no value in. */
export interface AddColumn {
  readonly addTo: string;
  readonly column: string;
  readonly type: `${ColumnType}?`;
}

export type Step = CreateTable | CreateIndex | DropIndex | AddColumn;

/** One change of the schema. Once released it never changes; the next change is a migration of its own. */
export interface Migration {
  /** 1 for the first, without gaps. */
  readonly version: number;
  readonly name: string;
  readonly steps: readonly Step[];
}
