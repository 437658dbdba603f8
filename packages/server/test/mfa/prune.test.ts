import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

import { pruneSecondFactors } from '../../src/mfa/index.js';
import { openStorage } from '../../src/storage/index.js';
import { testClock } from '../support/test-server.js';

const MINUTE = 60_000;

test('what nobody finished is deleted when its time is over, and not before', async () => {
  const storage = await openStorage('sqlite::memory:');
  const clock = testClock();
  const row = (age: number) => ({
    uid: randomBytes(16),
    sessionTokenHash: randomBytes(32),
    createdAt: clock.now() - age,
  });
  const secret = (age: number) => ({ ...row(age), sealedSecret: randomBytes(48), acceptedStep: null });
  const digits = (age: number) => ({ ...row(age), action: '2fa', seed: randomBytes(16), attempts: 0 });
  await storage.db
    .insertInto('pendingTotpSecrets')
    .values([60 * MINUTE, 60 * MINUTE - 1].map(secret))
    .execute();
  await storage.db
    .insertInto('stepUpCodes')
    .values([10 * MINUTE, 10 * MINUTE - 1].map(digits))
    .execute();
  await pruneSecondFactors({ storage, clock });
  for (const [table, age] of [
    ['pendingTotpSecrets', 60 * MINUTE - 1],
    ['stepUpCodes', 10 * MINUTE - 1],
  ] as const) {
    const rows = await storage.db.selectFrom(table).select('createdAt').execute();
    expect(rows).toEqual([{ createdAt: clock.now() - age }]);
  }
  await storage.close();
});
