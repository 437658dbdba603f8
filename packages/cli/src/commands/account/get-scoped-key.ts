import { accountCommand } from './account-command.js';

export const accountGetScopedKeyCommand = accountCommand({
  name: 'account get-scoped-key',
  summary: 'Print the end-to-end key of a scope, which opens its data: keep it to yourself',
  positionals: ['scope'],
  async work({ account, given: [scope = ''], print }) {
    const key = account.getScopedKey(scope);
    print(key, [`kid  ${key.kid}`, `k    ${key.k}`]);
  },
});
