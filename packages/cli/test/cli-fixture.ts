import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

/** The built program: `npm run build` makes it. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Process = ChildProcessByStdio<null, Readable, Readable>;

/** Started programs with a data folder of their own; both are gone after the test. */
export interface Cli {
  readonly dataDir: string;
  /** Runs the program to its end. */
  foxden(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>;
  /** Starts the program and leaves it running. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Running;
}

export interface Running {
  readonly process: Process;
  readonly finished: Promise<Finished>;
  /** Resolves with the match when the output so far matches; rejects when the program ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

export function cli(): Cli {
  const folder = mkdtempSync(join(tmpdir(), 'foxden-cli-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Running => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env['PATH'], FOXDEN_DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const running = watch(child);
    undo.push(async () => {
      child.kill('SIGKILL');
      await running.finished;
    });
    return running;
  };
  return { dataDir, start, foxden: (args, env) => start(args, env).finished };
}

function watch(process: Process): Running {
  let stdout = '';
  let stderr = '';
  process.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  process.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    process.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stdout);
        if (match !== null) resolve(match);
      };
      process.stdout.on('data', look);
      look();
      void finished.then(({ code }) => reject(new Error(`ended with ${code} before ${pattern}: ${stdout}${stderr}`)));
    });
  return { process, finished, printed };
}
