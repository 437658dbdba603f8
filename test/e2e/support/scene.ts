import type { Page } from 'playwright-core';
import type { Stage } from './stage.js';

/** A state of a page that a person may see, and how they come to see it. */
export interface Scene {
  readonly name: string;
  readonly show: (stage: Stage, page: Page) => Promise<void>;
}
