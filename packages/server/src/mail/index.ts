/**
 * Mail: auth-api §8. Letters are rows of the outbox, written with what they announce and delivered afterwards.
 * What others may use: the Mail of the context, and what makes it.
 */
export { type Bounce, type BounceKind, findActiveBounce, recordBounce, requireDeliverable } from './bounces/index.js';
export { createMail, type MailOptions, type RunningMail } from './create-mail.js';
export { createLoop, type Loop } from './delivery/loop.js';
export { nextAttempt } from './delivery/retry-delay.js';
export type { Letter, Mail } from './mail.js';
export type { TemplateName, TemplateValues } from './templates/index.js';
