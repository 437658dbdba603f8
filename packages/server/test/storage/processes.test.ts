import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { openStorage } from '../../src/storage/index.js';

const SCRIPT = fileURLToPath(new URL('storage-process.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'foxden-processes-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('processes on one SQLite file', () => conformance(async () => `sqlite:${join(folder, 'shared.db')}`));

describePostgres('processes on one PostgreSQL database', conformance);

function conformance(createDatabase: () => Promise<string>): void {
  test('three that open an empty database at once migrate it once, and lose none of their writes', async () => {
    const url = await createDatabase();
    const processes = [1, 2, 3].map(() => spawn(process.execPath, [SCRIPT, url]));
    const ends = processes.map(end);
    await Promise.all(processes.map(({ stdout }) => Promise.race([once(stdout, 'data'), ...ends])));
    for (const { stdin } of processes) stdin.write('go\n');
    expect(await Promise.all(ends)).toEqual([0, 0, 0].map((code) => ({ code, complaints: '' })));
    const storage = await openStorage(url);
    expect((await storage.db.selectFrom('limits').select('count').execute()).map(({ count }) => count)).toEqual([300]);
    await storage.close();
  });
}

async function end(child: ChildProcessWithoutNullStreams): Promise<{ code: unknown; complaints: string }> {
  const complaints = text(child.stderr);
  const [code] = await once(child, 'exit');
  return { code, complaints: await complaints };
}
