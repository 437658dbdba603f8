// One job of the load generator, read from stdin, in a process of its own so that it can be pinned.
import { json } from 'node:stream/consumers';
import autocannon from 'autocannon';

const { url, method = 'GET', headers = {}, bodies = [''], connections, seconds } = await json(process.stdin);
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  requests: bodies.map((body) => ({ method, headers, ...(body !== '' && { body }) })),
});
const failed = result['4xx'] + result['5xx'] + result.errors + result.timeouts;
process.stdout.write(JSON.stringify({ requestsPerSecond: result.requests.total / result.duration, failed }));
