import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { withAdministration } from '../with-administration.js';

export const clientListCommand: Command = {
  name: 'client list',
  usage: '',
  summary: 'List the registered applications',
  async run({ args, env, io }) {
    readArguments(args, {});
    const clients = await withAdministration(env, (administration) => administration.clients.list());
    if (clients.length === 0)
      io.out('There are no clients yet; the built-in ones are registered when the server starts.');
    for (const { id, name, isPublic, isTrusted, redirectUris } of clients) {
      io.out(`${id}  ${name}  (${isPublic ? 'public' : 'with secret'}${isTrusted ? ', trusted' : ''})`);
      for (const redirectUri of redirectUris) io.out(`${' '.repeat(id.length)}  ${redirectUri}`);
    }
    return 0;
  },
};
