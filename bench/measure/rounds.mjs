// Servers under the same load in turns, so that what slows the machine for a while slows all of them.
import { load } from './load.mjs';
import { processorTime } from './processes.mjs';
import { median } from './statistics.mjs';

export const SERVER_CORE = 0;
const LOAD_CORE = 1;
const CONNECTIONS = 50;

/**
 * Rounds of each target; the first, a second long, only warms up.
 * @param targets name → `pid` of the server and `job` for it
 * @returns requests per second and processor time (seconds) of a request, by name, and how many failed
 */
export async function measure(targets, rounds, seconds) {
  const results = Object.fromEntries(Object.keys(targets).map((name) => [name, []]));
  let failed = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const [name, { pid, job }] of Object.entries(targets)) {
      const before = processorTime(pid);
      const length = round === 0 ? 1 : seconds;
      const result = await load({ ...job, connections: CONNECTIONS, core: LOAD_CORE, seconds: length });
      failed += result.failed;
      const processor = (processorTime(pid) - before) / (result.requestsPerSecond * length);
      if (round > 0) results[name].push({ rate: result.requestsPerSecond, processor });
    }
  }
  return { results, failed };
}

/** Requests per second, and microseconds of processor time a request took. */
export function summary(measurements) {
  const rates = measurements.map(({ rate }) => rate);
  const text = (value) => Math.round(value).toLocaleString('en');
  const processor = median(measurements.map((measurement) => measurement.processor)) * 1e6;
  return `${text(median(rates))}/s (${text(Math.min(...rates))}–${text(Math.max(...rates))}) ${text(processor)} µs`;
}
