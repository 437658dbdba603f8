import { type Prepare, preparer } from '@foxden/database';
import type { Schema } from './schema.js';

/** Makes a statement on our tables that is built and compiled once instead of at every call. */
export const prepare: Prepare<Schema> = preparer<Schema>();
