// A process that opens a storage when told to, then counts up one row many times. Run from the built package, since
// Node 20 cannot run TypeScript: node storage-process.mjs <database URL>
import { once } from 'node:events';
import { openStorage } from '../../dist/storage/index.js';

process.stdout.write('ready\n');
await once(process.stdin, 'data');

const storage = await openStorage(process.argv[2]);
const counter = { key: 'counter', count: 1, windowEndsAt: 0, blockedUntil: 0 };
const countUp = (db) =>
  db
    .insertInto('limits')
    .values(counter)
    .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ count: eb('limits.count', '+', 1) })))
    .execute();
for (let i = 0; i < 50; i++) {
  await countUp(storage.db);
  await storage.transaction(countUp, i % 2 === 0 ? 'full' : 'relaxed');
}
await storage.close();
process.stdin.destroy();
