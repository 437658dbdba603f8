import { anonymousMutations } from './mutations-by-input.js';
import { sessionMutations } from './mutations-by-session.js';
import type { Operation } from './operation.js';

/** What may be changed (graphql §4.3). */
export const MUTATIONS: Readonly<Record<string, Operation>> = { ...sessionMutations, ...anonymousMutations };
