import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { withAdministration } from '../with-administration.js';

export const clientRemoveCommand: Command = {
  name: 'client remove',
  usage: '<client_id>',
  summary: 'Remove an application and revoke its tokens',
  async run({ args, env, io }) {
    const { positionals } = readArguments(args, {}, ['client_id']);
    const id = positionals[0] ?? '';
    const removed = await withAdministration(env, ({ clients }) => clients.remove(id));
    if (!removed) {
      io.error(`There is no client ${id}; "foxden client list" shows them.`);
      return 1;
    }
    io.out(`Removed ${id} and revoked its tokens.`);
    return 0;
  },
};
