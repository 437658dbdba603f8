import { readArguments } from '../arguments.js';
import { type Command, UsageError } from '../command.js';
import { withAdministration } from '../with-administration.js';

export const clientAddCommand: Command = {
  name: 'client add',
  usage: '<name> --redirect-uri <uri> [options]',
  summary: 'Register an application that signs people in',
  details: `Options:
  --redirect-uri <uri>       Where codes are sent; may be given several times, and must match exactly
  --post-logout-redirect-uri <uri>
                             Where people may be sent after signing out; may be given several times
  --public                   It cannot keep a secret (browser, phone, desktop): it uses PKCE instead
  --trusted                  It is part of your own service: no consent page, more than the basic scopes
  --scope <url>              A scope of its own (https://…); may be given several times
  --scope-with-key <url>     The same, with an end-to-end encryption key
  --id <16 hex digits>       Its client_id; made if not given

Example:
  foxden client add "My Notes" --redirect-uri https://notes.example.org/callback`,
  async run({ args, env, io }) {
    const { values, positionals } = readArguments(
      args,
      {
        'redirect-uri': { type: 'string', multiple: true },
        'post-logout-redirect-uri': { type: 'string', multiple: true },
        public: { type: 'boolean' },
        trusted: { type: 'boolean' },
        scope: { type: 'string', multiple: true },
        'scope-with-key': { type: 'string', multiple: true },
        id: { type: 'string' },
      },
      ['name of the client'],
    );
    const redirectUris = values['redirect-uri'];
    if (redirectUris === undefined) throw new UsageError('A client needs at least one --redirect-uri.');
    const scopesWithKeys = values['scope-with-key'] ?? [];
    const { id, secret } = await withAdministration(env, ({ clients }) =>
      clients.add({
        name: positionals[0] ?? '',
        redirectUris,
        postLogoutRedirectUris: values['post-logout-redirect-uri'] ?? [],
        publicClient: values.public === true,
        trusted: values.trusted === true,
        allowedScopes: [...(values.scope ?? []), ...scopesWithKeys],
        scopesWithKeys,
        ...(values.id === undefined ? {} : { id: values.id }),
      }),
    );
    io.out(`client_id      ${id}`);
    if (secret !== undefined) {
      io.out(`client_secret  ${secret}`);
      io.out('Keep the secret now: it is stored as a hash and cannot be shown again.');
    }
    return 0;
  },
};
