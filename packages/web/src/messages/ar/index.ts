import type { Texts } from '../messages.js';

/** All texts in Arabic. */
export const texts: Texts = import.meta.glob('./*.ftl', { import: 'resource', eager: true });
