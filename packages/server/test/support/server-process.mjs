// A server in a process of its own: settings and time as JSON in the first argument. Prints its URL, and ends when its
// standard input does.
import { createServer } from '@foxden/server';

const { settings, now } = JSON.parse(process.argv[2]);
const server = await createServer(settings, { clock: { now: () => now }, write: () => {} });
process.stdout.write(`${await server.listen()}\n`);
process.stdin.on('end', () => server.close()).resume();
