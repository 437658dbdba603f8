// Foxden with its defaults, on a database file in the folder that the settings name.
import { createServer } from '@foxden/server';

const server = await createServer({ listen: { host: '127.0.0.1', port: 0 }, ...JSON.parse(process.argv[2]) });
await server.listen();
process.send({ url: server.url, mailboxUrl: server.mailboxUrl });
process.once('SIGTERM', async () => {
  await server.close();
  process.exit(0);
});
