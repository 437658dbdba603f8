import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { countCodes, replaceCodes, takeCode } from '../../src/mfa/store/backup-codes.js';
import { countAttempt, putSeed, STEP_UP_CODE_LIFETIME, takeSeed } from '../../src/mfa/store/step-up-codes.js';
import { findTotpToken, insertTotpToken, replaceSecret, takeStep } from '../../src/mfa/store/totp-tokens.js';
import { fromHex, toHex } from '../../src/storage/hex.js';
import { openStorage, type Storage } from '../../src/storage/index.js';

const NOW = Date.UTC(2026, 0, 1);
const newUid = () => toHex(randomBytes(16));
const hashes = (count: number) => Array.from({ length: count }, () => randomBytes(32));

describe('on SQLite', () => conformance(async () => 'sqlite::memory:'));
describePostgres('on PostgreSQL', conformance);

function conformance(createDatabase: () => Promise<string>): void {
  let storage: Storage;
  beforeAll(async () => {
    storage = await openStorage(await createDatabase());
  });
  afterAll(() => storage.close());

  describe('backup codes', () => {
    test('of several sets stored at once, exactly one is kept, whatever their sizes', async () => {
      const uid = newUid();
      const sets = [8, 3, 8, 5, 1, 8, 2, 7].map(hashes);
      await Promise.all(sets.map((set) => storage.transaction((tx) => replaceCodes(tx, uid, set, NOW))));
      const rows = await storage.db.selectFrom('backupCodes').selectAll().where('uid', '=', fromHex(uid)).execute();
      const kept = new Set(rows.map(({ codeHash }) => toHex(codeHash)));
      const matching = sets.filter((set) => set.length === kept.size && set.every((hash) => kept.has(toHex(hash))));
      expect(matching).toHaveLength(1);
    });

    test('a code is taken once, and only of its account', async () => {
      const [uid, other] = [newUid(), newUid()];
      const set = hashes(4);
      await replaceCodes(storage.db, uid, set, NOW);
      const [hash = new Uint8Array()] = set;
      expect(await takeCode(storage.db, other, hash)).toBe(false);
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => storage.transaction((tx) => takeCode(tx, uid, hash))),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await countCodes(storage.db, uid)).toBe(3);
    });
  });

  describe('authenticators', () => {
    const rowOf = (uid: string) => ({ uid: fromHex(uid), sealedSecret: randomBytes(48), lastStep: 10, createdAt: NOW });

    test('steps are used up in order, each once', async () => {
      const uid = newUid();
      await insertTotpToken(storage.db, rowOf(uid));
      const token = await findTotpToken(storage.db, uid);
      if (token === undefined) throw new Error('not stored');
      expect(await takeStep(storage.db, token, 10)).toBe(false);
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => storage.transaction((tx) => takeStep(tx, token, 12))),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await takeStep(storage.db, token, 11)).toBe(false);
    });

    test('a code that was checked with a secret does not count once that is another', async () => {
      const uid = newUid();
      await insertTotpToken(storage.db, rowOf(uid));
      const token = await findTotpToken(storage.db, uid);
      if (token === undefined) throw new Error('not stored');
      expect(await replaceSecret(storage.db, uid, randomBytes(48), 3)).toBe(true);
      expect(await takeStep(storage.db, token, 50)).toBe(false);
    });

    test('an account has one', async () => {
      const uid = newUid();
      const inserted = await Promise.all(Array.from({ length: 5 }, () => insertTotpToken(storage.db, rowOf(uid))));
      expect(inserted.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('digits for a change', () => {
    const newStepUp = () => ({ uid: newUid(), tokenHash: randomBytes(32), action: '2fa' });
    const seed = () => randomBytes(16);
    const hexOf = (bytes: Uint8Array | undefined) => bytes && toHex(bytes);

    test('asked for at once are the same in every mail', async () => {
      const stepUp = newStepUp();
      const seeds = await Promise.all(
        Array.from({ length: 5 }, () => storage.transaction((tx) => putSeed(tx, stepUp, seed(), NOW))),
      );
      expect(new Set(seeds.map(toHex)).size).toBe(1);
      expect(hexOf(await countAttempt(storage.db, stepUp, NOW))).toBe(toHex(seeds[0] ?? seed()));
    });

    test('are others after their time, and after ten attempts', async () => {
      const stepUp = newStepUp();
      const first = await putSeed(storage.db, stepUp, seed(), NOW);
      const late = NOW + STEP_UP_CODE_LIFETIME;
      expect(await countAttempt(storage.db, stepUp, late)).toBeUndefined();
      const second = await putSeed(storage.db, stepUp, seed(), late);
      expect(toHex(second)).not.toBe(toHex(first));
      const attempts = await Promise.all(
        Array.from({ length: 15 }, () => storage.transaction((tx) => countAttempt(tx, stepUp, late))),
      );
      expect(attempts.filter((given) => given !== undefined)).toHaveLength(10);
      const third = await putSeed(storage.db, stepUp, seed(), late);
      expect(toHex(third)).not.toBe(toHex(second));
      expect(hexOf(await countAttempt(storage.db, stepUp, late))).toBe(toHex(third));
    });

    test('are taken once, and only while they are the newest', async () => {
      const stepUp = newStepUp();
      const current = await putSeed(storage.db, stepUp, seed(), NOW);
      expect(await takeSeed(storage.db, stepUp, seed())).toBe(false);
      const taken = await Promise.all(
        Array.from({ length: 5 }, () => storage.transaction((tx) => takeSeed(tx, stepUp, current))),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });
  });
}
