import { accountCommand } from './account-command.js';

export const accountDisconnectCommand = accountCommand({
  name: 'account disconnect',
  summary: 'Sign out, here and at the server',
  async work({ account, print }) {
    const state = await account.processEvent({ type: 'Disconnect' });
    print(state, 'Not logged in');
  },
});
