// The load generator: wrk where it is installed, else autocannon. It runs on a core of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isInstalled, pinned } from './processes.mjs';

const run = promisify(execFile);
const AUTOCANNON = fileURLToPath(new URL('autocannon.mjs', import.meta.url));
const CHAIN = fileURLToPath(new URL('chain.mjs', import.meta.url));

export const LOAD_GENERATOR = isInstalled('wrk') ? 'wrk' : 'autocannon';

/**
 * Sends requests as fast as they are answered.
 * @param job `url`, `method`, `headers`, `bodies` (sent in turn), `connections`, `seconds`, `core`; or, in place of
 *   `bodies`, `variants`: `path`, `headers` and `body` of requests sent in turn; with `follow`, each request is made
 *   from the answer before (chain.mjs), and `bodies` are left as they have become
 * @returns requests per second and the number of answers that were not 2xx
 */
export async function load(job) {
  const result = await generate(job);
  if (result.requestsPerSecond === 0) throw new Error(`${job.url} answered nothing`);
  return result;
}

function generate(job) {
  if (job.follow !== undefined) return runChain(job);
  return LOAD_GENERATOR === 'wrk' ? runWrk(job) : runNode(AUTOCANNON, job);
}

async function runChain(job) {
  const { bodies, ...result } = await runNode(CHAIN, job);
  job.bodies.splice(0, job.bodies.length, ...bodies);
  return result;
}

async function runWrk(job) {
  const folder = mkdtempSync(join(tmpdir(), 'foxden-bench-'));
  const script = join(folder, 'job.lua');
  try {
    writeFileSync(script, luaScript(job));
    const options = ['-t1', `-c${job.connections}`, `-d${job.seconds}s`, '--timeout', '10s', '-s', script, job.url];
    const { stdout } = await run(...pinned(job.core, 'wrk', options));
    const [, requests, microseconds, failed] = /result (\d+) (\d+) (\d+)/.exec(stdout) ?? [];
    return { requestsPerSecond: (Number(requests) / Number(microseconds)) * 1e6, failed: Number(failed) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function luaScript({ method = 'GET', headers = {}, bodies = [''], variants }) {
  const requests = (variants ?? bodies.map((body) => ({ headers: {}, body }))).map(({ path, headers: own, body }) => {
    const pairs = Object.entries({ ...headers, ...own }).map(([name, value]) => `[${lua(name)}] = ${lua(value)}`);
    const values = [lua(method), path === undefined ? 'nil' : lua(path), `{ ${pairs.join(', ')} }`];
    return `wrk.format(${[...values, body === '' ? 'nil' : lua(body)].join(', ')})`;
  });
  return `
local requests, sent = {}, 0
function init()
  requests = {
    ${requests.join(',\n    ')}
  }
end
function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end
function done(summary)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  print(string.format('result %d %d %d', summary.requests, summary.duration, failed))
end
`;
}

/** A text in Lua's quotes: JSON's, for the texts of a request. */
function lua(text) {
  return JSON.stringify(text);
}

async function runNode(module, job) {
  const [command, args] = pinned(job.core, process.execPath, [module]);
  const promise = run(command, args);
  promise.child.stdin.end(JSON.stringify(job));
  return JSON.parse((await promise).stdout);
}
