import { afterAll, beforeAll, describe } from 'vitest';
import { describePostgres } from '../../../test/support/postgres.js';
import { batchConformance } from './conformance/batches.js';
import { readingConformance } from './conformance/reading.js';
import { tokenConformance } from './conformance/tokens.js';
import { writingConformance } from './conformance/writing.js';
import { type Mode, type Subject, startSubject } from './support/subject.js';

const MODES: readonly Mode[] = ['mounted', 'alone'];

describe.each(MODES)('Sync on SQLite, %s', (mode) => conformance(mode, async () => 'sqlite'));

describePostgres('Sync on PostgreSQL', (createDatabase) => {
  describe.each(MODES)('%s', (mode) => conformance(mode, createDatabase));
});

/** Every case of sync §7. */
function conformance(mode: Mode, createDatabase: () => Promise<string>): void {
  let subject: Subject;
  beforeAll(async () => {
    subject = await startSubject(mode, await createDatabase());
  });
  afterAll(() => subject.close());

  describe('reading', () => readingConformance(() => subject));
  describe('writing', () => writingConformance(() => subject));
  describe('batches', () => batchConformance(() => subject));
  describe('tokens', () => tokenConformance(() => subject));
}
