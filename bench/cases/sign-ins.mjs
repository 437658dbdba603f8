// Password sign-ins on the whole machine: how many a second, and how everybody else fares meanwhile.
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from '../measure/load.mjs';
import { residentMemory, startProcess } from '../measure/processes.mjs';
import { mannWhitney, median, quantile } from '../measure/statistics.mjs';
import { signUp } from '../servers/person.mjs';

const PEOPLE = 60;
/** People who press the button at the same moment. */
const CONNECTIONS = 16;
const PROBE_INTERVAL = 20;
const WRONG_SIGN_INS = 150;

const SIGN_INS_BAR = 60;
const HEARTBEAT_BAR = 50;
const MEMORY_BAR = 256;

/** @returns rows of the table, and lines about what has no bar */
export async function signIns({ rounds, seconds, progress }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'foxden-bench-'));
  const server = await startProcess('servers/ours.mjs', { settings: { dataDir, rateLimits: false } });
  try {
    progress('password sign-ins');
    const people = [];
    for (let number = 0; number < PEOPLE; number++) people.push(await signUp(server.ready, `person${number}`));
    const busy = await measure(server, people, rounds, seconds);
    progress('wrong sign-ins');
    return { rows: toRows(busy), lines: [await wrongSignIns(server.ready.url, people)] };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true });
  }
}

async function measure({ pid, ready }, people, rounds, seconds) {
  const job = {
    url: `${ready.url}/v1/account/login?keys=false`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    bodies: people.map(({ email, authPW }) => JSON.stringify({ email, authPW })),
    connections: CONNECTIONS,
  };
  await load({ ...job, seconds: 1 });
  const results = [];
  const heartbeats = [];
  let memory = 0;
  let failed = 0;
  for (let round = 0; round < rounds; round++) {
    const probe = probeHeartbeat(ready.url, () => {
      memory = Math.max(memory, residentMemory(pid));
    });
    const result = await load({ ...job, seconds });
    heartbeats.push(...(await probe.stop()));
    results.push(result.requestsPerSecond);
    failed += result.failed;
  }
  return { results, heartbeats, memory, failed };
}

/** Asks for the heartbeat at a steady pace, whether or not the last one is answered. Times in milliseconds. */
function probeHeartbeat(url, onTick) {
  const agent = new Agent({ keepAlive: true });
  const answers = [];
  const timer = setInterval(() => {
    answers.push(timed(() => answered(`${url}/__lbheartbeat__`, { agent })));
    onTick();
  }, PROBE_INTERVAL);
  return {
    async stop() {
      clearInterval(timer);
      const times = await Promise.all(answers);
      agent.destroy();
      return times;
    },
  };
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Sends a request and reads its answer to the end; gives the status. */
function answered(url, options, body) {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, options);
    request.on('error', reject);
    request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
    request.end(body);
  });
}

function toRows({ results, heartbeats, memory, failed }) {
  const rate = median(results);
  const p99 = quantile(heartbeats, 0.99);
  const span = (values, digits) => `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;
  return [
    {
      case: 'password sign-ins, both cores',
      ours: `${rate.toFixed(1)}/s (${span(results, 1)})`,
      bar: `≥ ${SIGN_INS_BAR}/s`,
      met: failed === 0 && rate >= SIGN_INS_BAR,
      note: failed === 0 ? '' : `${failed} requests failed`,
    },
    {
      case: 'heartbeat meanwhile, p99',
      ours: `${p99.toFixed(1)} ms (median ${median(heartbeats).toFixed(1)}, longest ${Math.max(...heartbeats).toFixed(1)})`,
      bar: `< ${HEARTBEAT_BAR} ms`,
      met: p99 < HEARTBEAT_BAR,
    },
    {
      case: 'memory meanwhile, largest',
      ours: `${memory.toFixed(0)} MB`,
      bar: `≤ ${MEMORY_BAR} MB`,
      met: memory <= MEMORY_BAR,
    },
  ];
}

/** Whether the time of a wrong sign-in tells that an address has an account: one after the other, in turns. */
async function wrongSignIns(url, people) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const known = [];
  const unknown = [];
  const attempt = (email) => timed(() => signInWrongly(url, agent, email));
  await attempt(people[0].email);
  for (let number = 0; number < WRONG_SIGN_INS; number++) {
    known.push(await attempt(people[number % people.length].email));
    unknown.push(await attempt(`nobody${number}@example.com`));
    await sleep(0);
  }
  agent.destroy();
  const text = (values) => `${median(values).toFixed(2)} ms`;
  const p = mannWhitney(known, unknown);
  return (
    `A wrong sign-in takes ${text(known)} for an address with an account, ${text(unknown)} for one without ` +
    `(medians of ${WRONG_SIGN_INS}; Mann-Whitney p = ${p < 0.001 ? '< 0.001' : p.toFixed(3)}).`
  );
}

async function signInWrongly(url, agent, email) {
  const options = { agent, method: 'POST', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ email, authPW: '00'.repeat(32) });
  const status = await answered(`${url}/v1/account/login`, options, body);
  if (status !== 400) throw new Error(`A wrong sign-in was answered ${status}`);
}
