import type { AccountStorage } from './storage.js';

/** What of `node:fs/promises` is used. */
export interface Files {
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  writeFile(path: string, text: string, options: { mode: number; flush: boolean }): Promise<void>;
  rename(from: string, to: string): Promise<void>;
}

/** For its owner only: tokens and keys are in it. */
const OWNER_ONLY = 0o600;

/**
 * Kept in a file, mode 0600. A new version is written beside the old one and takes its place at once, so that a crash
 * leaves one of both.
 * @param files `import * as files from 'node:fs/promises'`
 */
export function fileStorage(files: Files, path: string): AccountStorage {
  return {
    async load() {
      try {
        return await files.readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async save(json) {
      const beside = `${path}.new`;
      await files.writeFile(beside, json, { mode: OWNER_ONLY, flush: true });
      await files.rename(beside, path);
    },
  };
}
