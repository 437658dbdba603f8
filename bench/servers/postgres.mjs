// PostgreSQL for the bench: the one that the tests start, writing through to the disk as in earnest.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

/** @returns `url` and `stop`; undefined where PostgreSQL is not installed */
export async function startBenchPostgres() {
  const outfile = new URL(`../postgres-cluster-${process.pid}.mjs`, import.meta.url).pathname;
  const entry = new URL('../../test/support/postgres-cluster.ts', import.meta.url).pathname;
  await build({ entryPoints: [entry], outfile, format: 'esm', platform: 'node', logLevel: 'warning' });
  try {
    const { findPostgres, startPostgres } = await import(outfile);
    const programs = findPostgres();
    return programs === undefined ? undefined : await startPostgres(programs, true);
  } finally {
    rmSync(outfile);
  }
}
