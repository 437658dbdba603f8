import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { findPostgres, type PostgresCluster, startPostgres } from './postgres-cluster.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers a GET with the URL of the run's PostgreSQL, which it starts when first asked. */
    postgresBroker?: string;
  }
}

/** Vitest's global setup: one PostgreSQL for the test files of a run, and none when no file asks. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<PostgresCluster> | undefined;
  const broker = createServer(async (_request, response) => {
    try {
      cluster ??= startPostgres(findPostgres() ?? '');
      response.end((await cluster).url);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  project.provide('postgresBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}/`);
  return async () => {
    broker.closeAllConnections();
    broker.close();
    await (await cluster)?.stop();
  };
}
