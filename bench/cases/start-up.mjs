// How soon a server is there, and how much memory it takes while nobody asks for anything.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { residentMemory, startProcess } from '../measure/processes.mjs';
import { median } from '../measure/statistics.mjs';

const COMMAND = ['../../packages/cli/dist/foxden.mjs', '../../packages/cli/dist/main.js']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find(existsSync);
const STARTS = 5;
/** Until what a start leaves to do is done. */
const SETTLING = 3000;

const COLD_START_BAR = 600;
const IDLE_MEMORY_BAR = 120;
const IN_MEMORY_BAR = 150;

/** @returns rows of the table */
export async function startUp({ progress }) {
  progress('start');
  const folder = mkdtempSync(join(tmpdir(), 'foxden-bench-'));
  const starts = [];
  const inMemory = [];
  let memory = 0;
  try {
    for (let number = 0; number < STARTS; number++) {
      const first = await startCommand(join(folder, String(number)), number === 0 ? SETTLING : 0);
      starts.push(first.milliseconds);
      memory = Math.max(memory, first.memory);
    }
    for (let number = 0; number < STARTS; number++) {
      const child = await startProcess('servers/memory.mjs');
      inMemory.push(child.ready);
      await child.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [
    row('start of the command to the first 200, new data folder', starts, COLD_START_BAR),
    row("createServer on 'sqlite::memory:', after import", inMemory, IN_MEMORY_BAR),
    {
      case: 'memory when idle',
      ours: `${memory.toFixed(0)} MB`,
      bar: `≤ ${IDLE_MEMORY_BAR} MB`,
      met: memory <= IDLE_MEMORY_BAR,
    },
  ];
}

/** Starts `foxden serve` and waits for its first answer; the memory is read after a rest (milliseconds). */
async function startCommand(dataDir, rest) {
  const env = {
    PATH: process.env.PATH,
    FOXDEN_LISTEN: '127.0.0.1:0',
    FOXDEN_DATA_DIR: dataDir,
  };
  const start = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await announcedUrl(child);
    const response = await fetch(`${url}/__lbheartbeat__`);
    if (!response.ok) throw new Error(`The first answer was ${response.status}`);
    const milliseconds = performance.now() - start;
    await sleep(rest);
    return { milliseconds, memory: residentMemory(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** The address in the first line that says one. */
async function announcedUrl(child) {
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('The command ended without an address');
}

function row(name, times, bar) {
  const value = median(times);
  const text = (time) => time.toFixed(0);
  return {
    case: name,
    ours: `${text(value)} ms (${text(Math.min(...times))}–${text(Math.max(...times))})`,
    bar: `≤ ${bar} ms`,
    met: value <= bar,
  };
}
