import type { Kysely } from 'kysely';
import type { Schema, Storage } from '../../src/storage/index.js';

/** A transaction that stops after its work until it is told to go on, or to throw. */
export function pausedTransaction(storage: Storage, before: (tx: Kysely<Schema>) => Promise<unknown>) {
  let goOn: (error?: Error) => void = () => {};
  let arrive: () => void = () => {};
  const signal = new Promise<void>((resolve, reject) => {
    goOn = (error) => (error === undefined ? resolve() : reject(error));
  });
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const work = storage.transaction(async (tx) => {
    await before(tx);
    arrive();
    await signal;
  });
  return { reached, goOn, work };
}
