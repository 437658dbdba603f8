// Live reload: the compiler watches, the server restarts when its output changes, pages reload in the browser.
import { spawn } from 'node:child_process';

const ADDRESS = '127.0.0.1';
const PAGES_PORT = 3030;
const SERVER_PORT = 3031;
const children = [];

function run(command, args, env = {}) {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  children.push(child);
  child.on('exit', (code) => {
    if (code !== null && code !== 0) stop(code);
  });
  return child;
}

function stop(code) {
  for (const child of children) child.kill('SIGTERM');
  process.exit(code);
}
process.once('SIGINT', () => stop(0));
process.once('SIGTERM', () => stop(0));

const build = spawn('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
build.on('exit', (code) => {
  if (code !== 0) process.exit(code ?? 1);
  run('npx', ['tsc', '-b', '--watch', '--preserveWatchOutput']);
  run(process.execPath, ['--watch', '--watch-preserve-output', 'packages/cli/dist/main.js', 'serve'], {
    FOXDEN_LISTEN: `${ADDRESS}:${SERVER_PORT}`,
    FOXDEN_PUBLIC_URL: `http://${ADDRESS}:${PAGES_PORT}`,
    FOXDEN_GRAPHQL_TOOLS: 'on',
  });
  run('npm', ['run', '--silent', 'dev', '--workspace', '@foxden/web', '--', '--host', ADDRESS, '--port', PAGES_PORT], {
    FOXDEN_DEV_BACKEND: `http://${ADDRESS}:${SERVER_PORT}`,
  });
});
