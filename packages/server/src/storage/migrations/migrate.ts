import { sql } from 'kysely';
import type { Database, Storage } from '../storage.js';
import { ddl } from './ddl.js';
import type { Migration } from './migration.js';

/** Names our lock among PostgreSQL's advisory locks: "foxden" in ASCII. */
const LOCK = 0x666f7864656e;

/**
 * Brings a database to the newest schema, in one transaction. Processes that start together do it once: the others
 * wait, and find it done.
 * @throws Error when the database is newer than this code; nothing is changed then
 */
export async function migrate(storage: Storage, migrations: readonly Migration[]): Promise<void> {
  const newest = migrations.at(-1)?.version ?? 0;
  // Most starts have nothing to do, and so need neither the lock nor the right to make tables.
  if ((await checkedVersion(storage, storage.db, newest)) === newest) return;
  await storage.transaction(async (tx) => {
    if (storage.engine === 'postgres') {
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    }
    const version = await checkedVersion(storage, tx, newest);
    if (version === 0) {
      await sql`create table "schemaVersion" ("version" integer primary key, "name" text not null)`.execute(tx);
    }
    for (const migration of migrations.filter((candidate) => candidate.version > version)) {
      for (const step of migration.steps) await sql.raw(ddl(storage.engine, step)).execute(tx);
      await sql`insert into "schemaVersion" values (${migration.version}, ${migration.name})`.execute(tx);
    }
  });
}

async function checkedVersion(storage: Storage, db: Database, newest: number): Promise<number> {
  const version = await schemaVersion(storage, db);
  if (version > newest) {
    throw new Error(
      `The database has schema version ${version}, but this Foxden knows only up to ${newest}: ` +
        'start the newer Foxden again, or restore a backup from before the upgrade.',
    );
  }
  return version;
}

/** 0 for an empty database. */
async function schemaVersion(storage: Storage, db: Database): Promise<number> {
  const exists =
    storage.engine === 'postgres'
      ? // Not to_regclass(): it may answer from a cache that is older than the lock.
        sql`select 1 from pg_catalog.pg_tables where schemaname = current_schema() and tablename = 'schemaVersion'`
      : sql`select 1 from sqlite_master where type = 'table' and name = 'schemaVersion'`;
  if ((await exists.execute(db)).rows.length === 0) return 0;
  const { rows } = await sql<{ version: number }>`select max("version") as version from "schemaVersion"`.execute(db);
  return rows[0]?.version ?? 0;
}
