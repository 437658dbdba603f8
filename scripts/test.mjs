// The whole suite: what needs a browser beside what needs none, since each keeps about one core busy. Whatever arguments
// there are go to vitest instead, which then runs what they name.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const PROJECTS = [['node', 'protocol (chromium)'], ['e2e']];

/** @param {'inherit' | 'pipe'} stdio */
function vitest(args, stdio) {
  const child = spawn('npx', ['vitest', 'run', ...args], { stdio: ['ignore', stdio, stdio] });
  const ended = new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { child, ended };
}

const args = process.argv.slice(2);
if (args.length > 0) {
  process.exitCode = await vitest(args, 'inherit').ended;
} else {
  const [first, ...others] = PROJECTS.map((names) => names.flatMap((name) => ['--project', name]));
  // Only one at a time can be read; the others tell at their end.
  const shown = vitest(first, 'inherit');
  const quiet = others.map((other) => {
    const { child, ended } = vitest(other, 'pipe');
    return Promise.all([ended, text(child.stdout), text(child.stderr)]);
  });
  const codes = [await shown.ended];
  for (const [code, out, error] of await Promise.all(quiet)) {
    process.stdout.write(out);
    process.stderr.write(error);
    codes.push(code);
  }
  process.exitCode = codes.find((code) => code !== 0) ?? 0;
}
