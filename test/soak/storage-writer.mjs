// Writes to a storage as fast as it can, until it is killed, and prints a line for every write that was confirmed:
//   node storage-writer.mjs <database URL> <round>
//   account <uid>            an account and its address, in one durable transaction
//   session <tokenHash>      a single statement
//   grant <tokenHash>        an access token, in one relaxed transaction
//   rotated <chain> <hash>   the only refresh token of a chain, exchanged in one durable transaction
//   counted <key> <count>    a counter, moved by one
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStorage } from '../../packages/server/dist/storage/index.js';

const [url, round] = process.argv.slice(2);
const storage = await openStorage(url);
const { db } = storage;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
// Written at once: what is still in a buffer when the process dies was not told to anybody.
const acknowledge = (...words) => writeSync(1, `${words.join(' ')}\n`);

const nothing = { uaBrowser: null, uaBrowserVersion: null, uaOS: null, uaOSVersion: null, uaDeviceType: null };

const kinds = {
  async account() {
    const uid = randomBytes(16);
    const normalizedEmail = `${hex(uid)}@example.com`;
    await storage.transaction(async (tx) => {
      const keys = { kA: randomBytes(32), wrapWrapKb: randomBytes(32), authSalt: randomBytes(32) };
      await tx
        .insertInto('accounts')
        .values({
          ...keys,
          uid,
          email: normalizedEmail,
          normalizedEmail,
          verifyHash: randomBytes(32),
          verifierVersion: 2,
          verifierSetAt: 1,
          keysChangedAt: 1,
          profileChangedAt: 1,
          createdAt: 1,
        })
        .execute();
      await tx
        .insertInto('emails')
        .values({
          uid,
          email: normalizedEmail,
          normalizedEmail,
          isPrimary: 1,
          isVerified: 0,
          emailCode: randomBytes(16),
          createdAt: 1,
        })
        .execute();
    }, 'full');
    acknowledge('account', hex(uid));
  },

  async session() {
    const tokenHash = randomBytes(32);
    const times = { createdAt: 1, authAt: 1, lastAccessTime: 1 };
    await db
      .insertInto('sessions')
      .values({ ...nothing, ...times, uid: randomBytes(16), tokenHash, reqHMACkey: randomBytes(32), mustVerify: 0 })
      .execute();
    acknowledge('session', hex(tokenHash));
  },

  async grant() {
    const tokenHash = randomBytes(32);
    const times = { createdAt: 1, expiresAt: 2 };
    await storage.transaction(
      (tx) =>
        tx
          .insertInto('accessTokens')
          .values({ ...times, uid: randomBytes(16), tokenHash, clientId: 'a', scope: 'profile' })
          .execute(),
      'relaxed',
    );
    acknowledge('grant', hex(tokenHash));
  },

  async rotated(chain) {
    const uid = Buffer.from(chain);
    const tokenHash = randomBytes(32);
    const values = { uid, tokenHash, clientId: 'a', scope: 'profile', authAt: 1, amr: 'pwd', aal: 1 };
    await storage.transaction(async (tx) => {
      await tx.deleteFrom('refreshTokens').where('uid', '=', uid).execute();
      await tx
        .insertInto('refreshTokens')
        .values({ ...values, createdAt: 1, lastUsedAt: 1 })
        .execute();
    }, 'full');
    acknowledge('rotated', chain, hex(tokenHash));
  },

  async counted(key) {
    const { count } = await db
      .insertInto('limits')
      .values({ key, count: 1, windowEndsAt: 0, blockedUntil: 0 })
      .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ count: eb('limits.count', '+', 1) })))
      .returning('count')
      .executeTakeFirstOrThrow();
    acknowledge('counted', key, count);
  },
};

async function work(worker) {
  const name = `${round}-${worker}`;
  for (;;) for (const write of Object.values(kinds)) await write(name);
}

await Promise.all([1, 2, 3, 4].map(work));
