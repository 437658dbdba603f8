import * as files from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FirefoxAccount } from '@foxden/fxa-client';
import type { Output } from '@foxden/server';
import type { AccountSettings } from './options.js';

const EXIT_CODES: Readonly<Record<string, number>> = { Authentication: 3, Forbidden: 4, Network: 5 };
const FAILURE = 1;

/** What a command has to work with. */
export interface AccountWork {
  readonly account: FirefoxAccount;
  readonly settings: AccountSettings;
  /** Prints a result: its text, or with `--json` its data. */
  print(data: object, text: string | readonly string[]): void;
}

/** Runs work on the account of the settings; resolves with the exit code that its failure stands for. */
export async function withAccount(
  settings: AccountSettings,
  io: Output,
  work: (work: AccountWork) => Promise<void>,
): Promise<number> {
  const { FirefoxAccount, FxaError, fileStorage } = await import('@foxden/fxa-client');
  await files.mkdir(dirname(settings.file), { recursive: true, mode: 0o700 });
  const print: AccountWork['print'] = (data, text) => {
    if (settings.json) io.out(JSON.stringify(data));
    else for (const line of [text].flat()) io.out(line);
  };
  try {
    const account = await FirefoxAccount.load(settings.config, { storage: fileStorage(files, settings.file) });
    const deviceConfig = { name: settings.deviceName, deviceType: 'Desktop', capabilities: [] } as const;
    await account.processEvent({ type: 'Initialize', deviceConfig });
    await work({ account, settings, print });
    return 0;
  } catch (error) {
    if (!(error instanceof FxaError)) throw error;
    const { kind, message, status, errno, retryAfter } = error;
    if (settings.json) io.out(JSON.stringify({ error: { kind, message, status, errno, retryAfter } }));
    else io.error(`${kind}: ${message}`);
    return EXIT_CODES[kind] ?? FAILURE;
  }
}
