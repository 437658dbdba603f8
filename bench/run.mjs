// npm run bench: ours beside oidc-provider on SQLite beside node:http alone. README.md says how to read it.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { signIns } from './cases/sign-ins.mjs';
import { startUp } from './cases/start-up.mjs';
import { sync } from './cases/sync.mjs';
import { throughput } from './cases/throughput.mjs';
import { bundleSize, LARGEST_BUNDLE } from './measure/bundle-size.mjs';
import { LOAD_GENERATOR } from './measure/load.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
    strict: { type: 'boolean', default: false },
  },
});
const options = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  only: values.only,
  progress: (text) => process.stderr.write(`… ${text}\n`),
};
const wanted = (name) => name.includes(options.only);

const rows = await throughput(options);
const lines = [];
if (wanted('bundle')) {
  const { bytes } = await bundleSize('@foxden/fxa-client');
  lines.push(`A browser bundle of all of @foxden/fxa-client: ${bytes} bytes gzipped, of ${LARGEST_BUNDLE} at most.`);
}
if (wanted('sign-ins')) {
  const result = await signIns(options);
  rows.push(...result.rows);
  lines.push(...result.lines);
}
const synced = await sync(options);
rows.push(...synced.rows);
lines.push(...synced.lines);
if (wanted('start')) rows.push(...(await startUp(options)));

console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; load by ${LOAD_GENERATOR};`);
console.log(`medians of ${options.rounds} rounds of ${options.seconds} s (smallest–largest).\n`);
printTable(rows);
for (const line of lines) console.log(`\n${line}`);
const missed = rows.filter(({ met }) => !met);
console.log(missed.length === 0 ? '\nEvery bar is met.' : `\nMissed: ${missed.map((row) => row.case).join('; ')}.`);
if (values.strict && missed.length > 0) process.exitCode = 1;

function printTable(rows) {
  const columns = ['case', 'ours', 'peer', 'raw', 'ratio', 'bar', 'met'];
  const cells = rows.map((row) => ({ ...row, met: `${row.met ? 'yes' : 'NO'}${row.note ? ` (${row.note})` : ''}` }));
  const widths = columns.map((column) => Math.max(column.length, ...cells.map((row) => (row[column] ?? '').length)));
  const print = (values) =>
    console.log(
      values
        .map((value, index) => value.padEnd(widths[index]))
        .join('  ')
        .trimEnd(),
    );
  print(columns);
  print(widths.map((width) => '─'.repeat(width)));
  for (const row of cells) print(columns.map((column) => row[column] ?? ''));
}
