import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is going to be killed. */
export interface DoomedProcess {
  /** Resolves with its first line. */
  readonly begun: Promise<string>;
  /** Kills it with SIGKILL, so that nothing in it can tidy up; resolves with every line it has written. */
  kill(): Promise<string[]>;
}

/**
 * Starts a Node script whose every line of output is an acknowledgement. A line counts even if it was still in the pipe
 * when the process died.
 */
export function startDoomed(script: string, args: readonly string[]): DoomedProcess {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]);
  const begun = Promise.race([
    once(output, 'line').then(([line]) => String(line)),
    ended.then(([[code]]) => Promise.reject(new Error(`The process ended by itself (code ${code}).`))),
  ]);
  begun.catch(() => undefined); // Told to whoever waits for it.
  return {
    begun,
    kill: async () => {
      const alive = child.exitCode === null && child.signalCode === null;
      child.kill('SIGKILL');
      await ended;
      if (!alive) throw new Error('The process had ended before it was killed.');
      return lines;
    },
  };
}

/**
 * Lets a process work for a random time after its first line, then kills it.
 * @param random 0 to below 1
 * @param longest milliseconds
 */
export async function killAtRandom(doomed: DoomedProcess, random: () => number, longest: number): Promise<string[]> {
  await doomed.begun;
  await sleep(random() * longest);
  return doomed.kill();
}
