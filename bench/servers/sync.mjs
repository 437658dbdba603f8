// Sync alone, on the database that the settings name, for clients whose tokens are made from the secret.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createSyncServer } from '@foxden/sync-server';

const { databaseUrl, masterSecret } = JSON.parse(process.argv[2]);
const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const log = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const sync = await createSyncServer({
  databaseUrl,
  publicUrl: url,
  masterSecret,
  verifier: { verify: async () => undefined },
  emailDomain: 'example.com',
  clock: { now: () => Date.now() },
  random: { bytes: (length) => randomBytes(length) },
  log: { info: (event, details) => log({ event, ...details }), warn: log, error: log },
  version: '0',
});
server.on('request', (request, response) => sync.handle(request, response));
process.send({ url });
process.once('SIGTERM', async () => {
  server.closeAllConnections();
  await sync.close();
  process.exit(0);
});
