import { accountCommand } from './account-command.js';

export const accountGetAccessTokenCommand = accountCommand({
  name: 'account get-access-token',
  summary: 'Print an access token for a scope',
  positionals: ['scope'],
  flags: { 'ignore-cache': 'Ask the server even if a token is at hand' },
  async work({ account, given: [scope = ''], flags, print }) {
    const info = await account.getAccessToken(scope, { useCache: !flags.has('ignore-cache') });
    const { token, expiresAt, key } = info;
    // The key itself is printed by its own command only.
    const shown = { scope: info.scope, token, expiresAt, key: key && { kty: key.kty, scope: key.scope, kid: key.kid } };
    print(shown, [
      `scope    ${info.scope}`,
      `token    ${token}`,
      `key      ${key?.kid ?? 'none'}`,
      `expires  ${new Date(1000 * expiresAt).toISOString()}`,
    ]);
  },
});
