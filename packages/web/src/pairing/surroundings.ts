import type { Surroundings } from '../flow/begin.js';
import type { Services } from '../services.js';

/** What a pairing begins with. */
export type PairingSurroundings = Surroundings & Pick<Services, 'config' | 'openChannel' | 'navigation' | 'after'>;
