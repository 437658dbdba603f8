import type { Context } from '../../context.js';
import type { Database } from '../../storage/index.js';
import { type Bounce, type BounceKind, findBounces } from './store.js';

const DAY = 24 * 60 * 60 * 1000;

/**
 * How long a bounce counts. Short where a person may have put it right meanwhile: the next mail shows whether they
 * have. Who complained is left alone longer.
 */
const LIFETIME: Readonly<Record<BounceKind, number>> = {
  hard: DAY,
  soft: 5 * 60 * 1000,
  complaint: 60 * DAY,
};

const GRAVEST_FIRST: readonly BounceKind[] = ['hard', 'complaint', 'soft'];

/** After this time no bounce counts any more. */
export const KEEP_BOUNCES = Math.max(...Object.values(LIFETIME));

/** The gravest bounce of an address that still counts. */
export async function findActiveBounce(
  context: Pick<Context, 'clock'>,
  db: Database,
  email: string,
): Promise<Bounce | undefined> {
  const now = context.clock.now();
  const active = (await findBounces(db, email)).filter(({ kind, bouncedAt }) => now < bouncedAt + LIFETIME[kind]);
  return GRAVEST_FIRST.flatMap((kind) => active.find((bounce) => bounce.kind === kind) ?? [])[0];
}
