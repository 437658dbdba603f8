/** Mails that came back, and what follows: auth-api §4.2, errno 133 to 135. */
export { findActiveBounce, KEEP_BOUNCES } from './active-bounce.js';
export { requireDeliverable } from './require-deliverable.js';
export { type Bounce, type BounceKind, deleteOldBounces, recordBounce } from './store.js';
