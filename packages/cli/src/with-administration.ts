import type { Administration } from '@foxden/server';

/** Runs work on the database of the environment and closes it again. */
export async function withAdministration<T>(
  env: NodeJS.ProcessEnv,
  work: (administration: Administration) => Promise<T>,
): Promise<T> {
  const { openAdministration } = await import('@foxden/server');
  const administration = await openAdministration(env);
  try {
    return await work(administration);
  } finally {
    await administration.close();
  }
}
