// Sync on one core, on both engines, beside the ceiling of node:http.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processorTime, residentMemory, startProcess } from '../measure/processes.mjs';
import { measure, SERVER_CORE, summary } from '../measure/rounds.mjs';
import { median } from '../measure/statistics.mjs';
import { startBenchPostgres } from '../servers/postgres.mjs';
import { records, send, syncClient } from '../servers/sync-client.mjs';

const SECRET = 'the master secret of the bench';
/** Who post in turn; one alone would wait for the disk each time, as a user's writes come one after the other. */
const USERS = 16;
const UPLOAD = { records: 1000, post: 100, uploads: 40, atOnce: 4 };

/** @returns rows of the table, and lines below it */
export async function sync({ rounds, seconds, only, progress }) {
  const folder = mkdtempSync(join(tmpdir(), 'foxden-bench-sync-'));
  const postgres = await startBenchPostgres();
  const engines = { SQLite: `sqlite:${join(folder, 'sync')}`, ...(postgres && { PostgreSQL: postgres.url }) };
  const rows = [];
  const lines = postgres === undefined ? ['Sync on PostgreSQL was not measured: it is not installed.'] : [];
  const raw = await startProcess('servers/raw.mjs', { core: SERVER_CORE });
  try {
    for (const [engine, databaseUrl] of Object.entries(engines)) {
      const settings = { databaseUrl, masterSecret: SECRET };
      const ours = await startProcess('servers/sync.mjs', { core: SERVER_CORE, settings });
      const { url } = ours.ready;
      for (const { name, job, floor } of await defineCases(url)) {
        const label = `Sync, ${engine}: ${name}`;
        if (!label.includes(only)) continue;
        progress(label);
        const targets = {
          ours: { pid: ours.pid, job },
          raw: { pid: raw.pid, job: { ...job, url: raw.ready.url } },
        };
        rows.push(toRow(label, floor, await measure(targets, rounds, seconds)));
      }
      const upload = `Sync, ${engine}: first upload of ${UPLOAD.records} records`;
      if (upload.includes(only)) {
        progress(upload);
        lines.push(`${upload}: ${await measureUploads(ours)}; ${Math.round(residentMemory(ours.pid))} MB after all.`);
      }
      await ours.stop();
    }
  } finally {
    await raw.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true });
  }
  return { rows, lines };
}

async function defineCases(url) {
  const sign = syncClient(url, SECRET, 1);
  const body = JSON.stringify(records(100));
  const posts = Array.from({ length: USERS }, (_, user) =>
    syncClient(url, SECRET, 1 + user)('POST', '/storage/written'),
  );
  const variants = (await Promise.all(posts)).map((post) => ({
    path: new URL(post.url).pathname,
    headers: post.headers,
    body,
  }));
  await send(await sign('POST', '/storage/bookmarks'), records(100));
  return [
    { name: 'GET 100 records', job: await sign('GET', '/storage/bookmarks?full=1'), floor: 800 },
    { name: 'POST 100 records', job: { url, method: 'POST', variants }, floor: 200 },
    { name: 'info/collections', job: await sign('GET', '/info/collections') },
  ];
}

/** New users who send all they have, in a batch of several posts; some of them at once. */
async function measureUploads({ pid, ready }) {
  let next = 1000;
  const upload = async () => {
    const sign = syncClient(ready.url, SECRET, next++);
    const { batch } = await send(await sign('POST', '/storage/bookmarks?batch=true'), records(UPLOAD.post));
    const path = `/storage/bookmarks?batch=${encodeURIComponent(batch)}`;
    for (let first = UPLOAD.post; first < UPLOAD.records; first += UPLOAD.post) {
      const isLast = first + UPLOAD.post === UPLOAD.records;
      await send(await sign('POST', isLast ? `${path}&commit=true` : path), records(UPLOAD.post, first));
    }
  };
  await upload();
  const start = performance.now();
  const processor = processorTime(pid);
  await Promise.all(
    Array.from({ length: UPLOAD.atOnce }, async () => {
      for (let count = 0; count < UPLOAD.uploads / UPLOAD.atOnce; count++) await upload();
    }),
  );
  const perSecond = UPLOAD.uploads / ((performance.now() - start) / 1000);
  const perProcessorSecond = UPLOAD.uploads / (processorTime(pid) - processor);
  return `${perSecond.toFixed(1)} a second, ${perProcessorSecond.toFixed(1)} a second of processor time`;
}

function toRow(name, floor, { results, failed }) {
  const ratio = median(results.ours.map(({ rate }, round) => rate / results.raw[round].rate));
  const rate = median(results.ours.map((measurement) => measurement.rate));
  return {
    case: name,
    ours: summary(results.ours),
    raw: summary(results.raw),
    ratio: `${Math.round(ratio * 100)} % of raw`,
    bar: floor === undefined ? '' : `≥ ${floor}/s`,
    met: failed === 0 && rate >= (floor ?? 0),
    note: failed === 0 ? '' : `${failed} requests failed`,
  };
}
