// How long a server on a database in memory takes to be up, once it is imported.
import { createServer } from '@foxden/server';

const start = performance.now();
const server = await createServer({ databaseUrl: 'sqlite::memory:', listen: { host: '127.0.0.1', port: 0 } });
await server.listen();
process.send(performance.now() - start);
process.once('SIGTERM', () => process.exit(0));
