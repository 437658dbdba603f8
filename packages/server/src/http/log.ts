import type { Clock, Log } from '../context.js';

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

const RANK: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2, silent: 3 };

/** JSON lines, gathered and written together: a write a line would cost more than many a request. */
export function createLog(options: { level: LogLevel; clock: Clock; write: (text: string) => void }): Log {
  let pending = '';
  const flush = () => {
    const text = pending;
    pending = '';
    options.write(text);
  };
  const line = (level: Exclude<LogLevel, 'silent'>) => {
    if (RANK[level] < RANK[options.level]) return () => {};
    return (event: string, details?: Readonly<Record<string, unknown>>) => {
      if (pending === '') setImmediate(flush);
      const time = new Date(options.clock.now()).toISOString();
      pending += `${JSON.stringify({ time, level, event, ...details })}\n`;
    };
  };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
