// Requests of which each is made from the answer to the one before, as with tokens that work once. Reads a job from
// stdin: `url`, `headers`, `bodies` (forms, one a connection), `follow` (`from` of an answer goes `into` the next form),
// `seconds`. Writes requests per second, failures, and the forms to go on with.
import { Agent, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';

const { url, headers, bodies, follow, seconds } = JSON.parse(await text(process.stdin));
const agent = new Agent({ keepAlive: true, maxSockets: bodies.length });
const start = performance.now();
const end = start + seconds * 1000;
let requests = 0;
let failed = 0;

const last = await Promise.all(bodies.map(chain));
const elapsed = (performance.now() - start) / 1000;
agent.destroy();
process.stdout.write(JSON.stringify({ requestsPerSecond: requests / elapsed, failed, bodies: last }));

async function chain(body) {
  const form = new URLSearchParams(body);
  while (performance.now() < end) {
    const answer = await send(String(form));
    requests++;
    if (answer[follow.from] === undefined) {
      failed++;
      break;
    }
    form.set(follow.into, answer[follow.from]);
  }
  return String(form);
}

function send(body) {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent, method: 'POST', headers });
    request.on('error', reject);
    request.on('response', async (response) => resolve(JSON.parse(await text(response))));
    request.end(body);
  });
}
