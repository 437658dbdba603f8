// One job of the load generator, read from stdin, in a process of its own so that it can be pinned.
import { json } from 'node:stream/consumers';
import autocannon from 'autocannon';

const { url, method = 'GET', headers = {}, bodies = [''], variants, connections, seconds } = await json(process.stdin);
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  requests: (variants ?? bodies.map((body) => ({ headers: {}, body }))).map(({ path, headers: own, body }) => ({
    method,
    headers: { ...headers, ...own },
    ...(path !== undefined && { path }),
    ...(body !== '' && { body }),
  })),
});
const failed = result['4xx'] + result['5xx'] + result.errors + result.timeouts;
process.stdout.write(JSON.stringify({ requestsPerSecond: result.requests.total / result.duration, failed }));
