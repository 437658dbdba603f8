import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LIBRARIES = [
  '@foxden/auth-client',
  '@foxden/database',
  '@foxden/fxa-client',
  '@foxden/in-app-auth',
  '@foxden/pairing',
  '@foxden/protocol',
  '@foxden/server',
  '@foxden/sync-server',
  '@foxden/webchannel',
];

/** A command and built pages: nothing to import. */
const OTHERS = ['foxden', '@foxden/web'];

/** What `npm pack --json` tells of a package. */
interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packs: readonly Packed[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foxden-packs-'));
  const args = ['pack', '--json', '--ignore-scripts', '--workspace', 'packages', '--pack-destination', folder];
  const { stdout } = await promisify(execFile)('npm', args, { maxBuffer: 64 * 1024 * 1024 });
  packs = JSON.parse(stdout);
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string): Promise<{ readonly files: readonly string[]; readonly tarball: Uint8Array }> {
  const pack = packs.find((one) => one.name === name);
  if (pack === undefined) throw new Error(`${name} was not packed`);
  return { files: pack.files.map(({ path }) => path), tarball: await readFile(join(folder, pack.filename)) };
}

describe('the packages as a registry gets them', () => {
  it('are all looked at', () => {
    expect(packs.map(({ name }) => name).toSorted()).toEqual([...LIBRARIES, ...OTHERS].toSorted());
  });

  it.each([...LIBRARIES, ...OTHERS])('%s has nothing that publint finds', async (name) => {
    const { tarball } = await read(name);
    const { messages, pkg } = await publint({ pack: { tarball: Uint8Array.from(tarball).buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it.each(LIBRARIES)('%s has types that fit what is imported, as ES modules and with a bundler', async (name) => {
    const { tarball } = await read(name);
    const result = await checkPackage(createPackageFromTarballData(tarball));
    if (result.types === false) throw new Error('there are no types');
    const other = ['node10', 'node16-cjs'];
    const problems = result.problems.filter(
      (problem) => !('resolutionKind' in problem && other.includes(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
    const { resolutions } = result.entrypoints['.'] ?? {};
    expect(resolutions?.['node16-esm'].resolution?.isTypeScript).toBe(true);
    expect(resolutions?.bundler.resolution?.isTypeScript).toBe(true);
  });

  it.each([...LIBRARIES, ...OTHERS])('%s brings what it promises and no leavings of the compiler', async (name) => {
    const { files } = await read(name);
    expect(files).toContain('README.md');
    expect(files.filter((path) => /\.tsbuildinfo$|\.test\.|^src\/|^test\//.test(path))).toEqual([]);
  });
});
