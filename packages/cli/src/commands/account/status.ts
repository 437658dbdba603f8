import { readStatus } from '../../account/status-line.js';
import { accountCommand } from './account-command.js';

export const accountStatusCommand = accountCommand({
  name: 'account status',
  summary: 'Say whether somebody is signed in, and whether the server agrees',
  async work({ account, print }) {
    const { state, failure, line } = await readStatus(account);
    const scopes = state.type === 'Connected' ? state.scopes.map((scope) => `  ${scope}`) : [];
    print({ ...state, ...(failure !== null && { failure: failure.message }) }, [line, ...scopes]);
  },
});
