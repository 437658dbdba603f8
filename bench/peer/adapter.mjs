// Storage for oidc-provider: its models as JSON rows in SQLite, by the driver that our own storage uses.
import { loadSqliteDriver } from '../../packages/database/dist/sqlite/load-driver.js';

/** Open databases. A statement of the add-on does not keep its database, and using it without crashes the process. */
const databases = [];

/** Opens a database file with the write-ahead log and the durability that our access tokens have too. */
export async function sqliteAdapter(path) {
  const { DatabaseSync } = await loadSqliteDriver();
  const database = new DatabaseSync(path);
  databases.push(database);
  database.exec(`
    pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;
    create table if not exists models (
      model text not null, id text not null, payload text not null, expiresAt integer, consumedAt integer,
      grantId text, userCode text, uid text, primary key (model, id)
    ) strict, without rowid;
    create index if not exists modelsByGrant on models (grantId) where grantId is not null;
    create index if not exists modelsByUserCode on models (model, userCode) where userCode is not null;
    create index if not exists modelsByUid on models (model, uid) where uid is not null;
  `);
  const statements = {
    upsert: database.prepare('insert or replace into models values (?, ?, ?, ?, null, ?, ?, ?)'),
    find: database.prepare('select * from models where model = ? and id = ?'),
    findByUserCode: database.prepare('select * from models where model = ? and userCode = ?'),
    findByUid: database.prepare('select * from models where model = ? and uid = ?'),
    consume: database.prepare('update models set consumedAt = ? where model = ? and id = ?'),
    destroy: database.prepare('delete from models where model = ? and id = ?'),
    revokeByGrantId: database.prepare('delete from models where grantId = ?'),
  };

  return class SqliteAdapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn === undefined ? null : now() + expiresIn;
      const { grantId = null, userCode = null, uid = null } = payload;
      statements.upsert.run(this.model, id, JSON.stringify(payload), expiresAt, grantId, userCode, uid);
    }

    async find(id) {
      return payloadOf(statements.find.get(this.model, id));
    }

    async findByUserCode(userCode) {
      return payloadOf(statements.findByUserCode.get(this.model, userCode));
    }

    async findByUid(uid) {
      return payloadOf(statements.findByUid.get(this.model, uid));
    }

    async consume(id) {
      statements.consume.run(now(), this.model, id);
    }

    async destroy(id) {
      statements.destroy.run(this.model, id);
    }

    async revokeByGrantId(grantId) {
      statements.revokeByGrantId.run(grantId);
    }
  };
}

function payloadOf(row) {
  if (row === undefined || (row.expiresAt !== null && row.expiresAt <= now())) return undefined;
  return { ...JSON.parse(row.payload), ...(row.consumedAt !== null && { consumed: row.consumedAt }) };
}

/** Seconds since the epoch. */
function now() {
  return Math.floor(Date.now() / 1000);
}
