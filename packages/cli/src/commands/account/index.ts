import type { Command } from '../../command.js';
import { accountAttachedClientsCommand } from './attached-clients.js';
import { accountDevicesCommand } from './devices.js';
import { accountDisconnectCommand } from './disconnect.js';
import { accountGetAccessTokenCommand } from './get-access-token.js';
import { accountGetScopedKeyCommand } from './get-scoped-key.js';
import { accountLoginCommand } from './login.js';
import { accountProfileCommand } from './profile.js';
import { accountSendTabCommand } from './send-tab.js';
import { accountStatusCommand } from './status.js';

/** The commands of a person's own account, at any accounts server. */
export const ACCOUNT_COMMANDS: readonly Command[] = [
  accountLoginCommand,
  accountStatusCommand,
  accountProfileCommand,
  accountGetAccessTokenCommand,
  accountGetScopedKeyCommand,
  accountDevicesCommand,
  accountSendTabCommand,
  accountAttachedClientsCommand,
  accountDisconnectCommand,
];
