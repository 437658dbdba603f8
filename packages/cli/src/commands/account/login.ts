import { openBrowser } from '../../account/open-browser.js';
import { ACCOUNT_OPTIONS, ACCOUNT_OPTIONS_HELP, accountSettings } from '../../account/options.js';
import { askForRedirect, canBeCaught, catchRedirect, type Redirect } from '../../account/redirect.js';
import { readStatus } from '../../account/status-line.js';
import { type AccountWork, withAccount } from '../../account/with-account.js';
import { readArguments } from '../../arguments.js';
import { type Command, UsageError } from '../../command.js';

export const accountLoginCommand: Command = {
  name: 'account login',
  usage: '--scope <scope> [options]',
  summary: 'Sign in, or add scopes to an account that is signed in',
  details: `Opens the sign-in page of the server. A redirect to this machine is caught; for any other, paste the address that
the sign-in ends at.

Options:
  --scope <scope>         What to ask for; may be given several times
  --service <name>        The service it is for, such as sync
  --no-browser            Only print the address
${ACCOUNT_OPTIONS_HELP}

Example:
  foxden account login --scope profile --scope https://identity.mozilla.com/apps/vpn`,
  async run({ args, env, io }) {
    const { values } = readArguments(args, {
      ...ACCOUNT_OPTIONS,
      scope: { type: 'string', multiple: true },
      service: { type: 'string' },
      'no-browser': { type: 'boolean' },
    });
    const { scope: scopes, service = '' } = values;
    if (scopes === undefined) throw new UsageError('Say what to ask for with --scope.');
    const settings = await accountSettings(values, env);
    return withAccount(settings, io, async (work) => {
      const { account } = work;
      if (!account.hasScope(scopes.join(' '))) {
        // The address goes to stderr, so that with --json nothing but JSON is on stdout.
        const show = (url: string) => (settings.json ? io.error(url) : io.out(url));
        const request = { type: 'BeginOAuthFlow', scopes, service, entrypoint: 'foxden_cli' } as const;
        await signIn(work, request, (url) => {
          show(`Sign in at ${url}`);
          if (values['no-browser'] !== true) openBrowser(url);
        });
      }
      const { state, line } = await readStatus(account);
      work.print(state, line);
    });
  },
};

type BeginOAuthFlow = Extract<Parameters<AccountWork['account']['processEvent']>[0], { type: 'BeginOAuthFlow' }>;

async function signIn({ account, settings }: AccountWork, request: BeginOAuthFlow, show: (url: string) => void) {
  const { redirectUri } = settings.config;
  const catcher = canBeCaught(redirectUri) ? await catchRedirect(redirectUri) : undefined;
  try {
    const state = await account.processEvent(request);
    if (state.type !== 'Authenticating') throw account.getLastFailure() ?? new Error('The sign-in could not begin.');
    const expected = new URL(state.oauthUrl).searchParams.get('state') ?? '';
    const redirected = catcher?.wait(expected);
    show(state.oauthUrl);
    const redirect: Redirect = await (redirected ?? askForRedirect());
    await account.processEvent({ type: 'CompleteOAuthFlow', ...redirect });
    const failure = account.getLastFailure();
    if (failure !== null && !account.hasScope(request.scopes.join(' '))) throw failure;
  } finally {
    await catcher?.close();
  }
}
