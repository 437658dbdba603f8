import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** `script` of util-linux runs a command in a pseudo-terminal; other systems' script has other options. */
const found = /util-linux/.test(String(spawnSync('script', ['--version']).stdout));

/** Outside CI, tests in a terminal are left out where there is none; in CI their absence is a failure. */
export const withoutTerminal = !found && process.env['CI'] === undefined;

export interface Terminal {
  /** Waits until the program has written a text, after what was waited for before. */
  sees(text: string): Promise<void>;
  /** Types a line. */
  types(line: string): void;
  /** Everything that the program wrote. */
  readonly output: () => string;
  /** Waits for its end, and gives its exit code. */
  readonly exit: Promise<number>;
  kill(): void;
}

/** Runs a script of Node in a pseudo-terminal. */
export function openTerminal(args: readonly string[], environment: Readonly<Record<string, string>>): Terminal {
  if (!found) throw new Error('script of util-linux is missing');
  const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, TERM: 'dumb', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  let read = 0;
  let isOver = false;
  let wake: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    wake();
  });
  const exit = once(child, 'close').then(([code]) => {
    isOver = true;
    wake();
    return code as number;
  });
  return {
    async sees(text) {
      for (;;) {
        const at = output.indexOf(text, read);
        if (at >= 0) {
          read = at + text.length;
          return;
        }
        if (isOver) throw new Error(`the program ended without “${text}”:\n${output}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    types: (line) => void child.stdin.write(`${line}\r`),
    output: () => output,
    exit,
    kill: () => void child.kill(),
  };
}
