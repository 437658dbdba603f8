import type { Bytes, Database, ExchangedTokenRow } from '../../storage/index.js';

export async function insertExchangedToken(db: Database, row: ExchangedTokenRow): Promise<void> {
  await db.insertInto('exchangedTokens').values(row).execute();
}

export async function readExchangedToken(db: Database, tokenHash: Bytes): Promise<ExchangedTokenRow | undefined> {
  return db.selectFrom('exchangedTokens').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
}
