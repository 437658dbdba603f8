import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { findPostgres, type PostgresCluster, startPostgres } from './postgres-cluster.js';

/** Makes an empty database of its own and gives its URL; it is dropped after the tests. */
export type CreateDatabase = (options?: string) => Promise<string>;

/**
 * Tests that need PostgreSQL. Its server is the one of `FOXDEN_TEST_POSTGRES_URL` (whose user may create databases),
 * else one for the whole run (postgres-global.ts), else one for the file. Where PostgreSQL is not installed they are
 * skipped, and fail in CI.
 * @param durable a server of its own that writes through to the disk, for tests of what survives
 */
export function describePostgres(
  name: string,
  body: (createDatabase: CreateDatabase) => void,
  { durable = false } = {},
): void {
  const given = process.env['FOXDEN_TEST_POSTGRES_URL'];
  const programs = findPostgres();
  if (given === undefined && programs === undefined) {
    const reason = 'PostgreSQL is not installed and FOXDEN_TEST_POSTGRES_URL is not set';
    if (process.env['CI']) {
      test(name, () => {
        throw new Error(reason);
      });
    } else {
      test.skip(`${name} (${reason})`);
    }
    return;
  }
  describe(name, () => {
    const created: string[] = [];
    let server = given ?? '';
    let cluster: PostgresCluster | undefined;

    beforeAll(async () => {
      const broker = inject('postgresBroker');
      if (given !== undefined) return;
      if (broker !== undefined && !durable) server = await askBroker(broker);
      else {
        cluster = await startPostgres(programs ?? '', durable);
        server = cluster.url;
      }
    });

    afterAll(async () => {
      if (cluster !== undefined) await cluster.stop();
      else for (const database of created) await administer(server, `drop database "${database}" with (force)`);
    });

    body(async (options = '') => {
      const database = `foxden_test_${randomUUID().replaceAll('-', '')}`;
      await administer(server, `create database "${database}" ${options}`);
      created.push(database);
      const url = new URL(server);
      url.pathname = `/${database}`;
      return url.href;
    });
  });
}

async function askBroker(broker: string): Promise<string> {
  const response = await fetch(broker);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
