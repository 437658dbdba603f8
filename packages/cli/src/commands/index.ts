import type { Command } from '../command.js';
import { ACCOUNT_COMMANDS } from './account/index.js';
import { clientAddCommand } from './client-add.js';
import { clientListCommand } from './client-list.js';
import { clientRemoveCommand } from './client-remove.js';
import { configExplainCommand } from './config-explain.js';
import { firefoxCommand } from './firefox.js';
import { keysRotateCommand } from './keys-rotate.js';
import { serveCommand } from './serve.js';
import { syncCommand } from './sync.js';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  serveCommand,
  syncCommand,
  clientAddCommand,
  clientListCommand,
  clientRemoveCommand,
  keysRotateCommand,
  firefoxCommand,
  configExplainCommand,
  ...ACCOUNT_COMMANDS,
];
