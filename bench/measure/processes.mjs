// Server processes: pinned to a core where taskset is there, their output to /dev/null, ready when they say so.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether a program is on the PATH. */
export function isInstalled(program) {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const hasTaskset = isInstalled('taskset');

/** A command that runs on one core; the command itself where that cannot be said or no core is named. */
export function pinned(core, command, args) {
  return core === undefined || !hasTaskset ? [command, args] : ['taskset', ['-c', String(core), command, ...args]];
}

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a module of this folder as a process of its own.
 * @param module path below `bench/`
 * @param options `core`: the one it runs on; `settings`: an object it gets as its only argument
 * @returns its pid, what it sent when it was ready, and how to stop it
 */
export async function startProcess(module, { core, settings = {} } = {}) {
  const path = fileURLToPath(new URL(`../${module}`, import.meta.url));
  const [command, args] = pinned(core, process.execPath, [path, JSON.stringify(settings)]);
  const nowhere = openSync('/dev/null', 'w');
  const child = spawn(command, args, { stdio: ['ignore', nowhere, 'inherit', 'ipc'] });
  closeSync(nowhere);
  running.add(child);
  child.once('exit', (code, signal) => {
    // What is stopped is not in the list any more.
    if (running.delete(child)) throw new Error(`${module} ended by itself (${code ?? signal})`);
  });
  const [ready] = await once(child, 'message');
  return {
    pid: child.pid,
    ready,
    async stop() {
      running.delete(child);
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** Resident memory of a process, MB. */
export function residentMemory(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** Clock ticks a second of the times in /proc: 100 wherever Linux runs Node. */
const TICKS = 100;

/** Processor time that a process has used, with its threads, seconds. */
export function processorTime(pid) {
  // The name in parentheses may hold anything; what follows it does not.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
