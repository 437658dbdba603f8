import { accountCommand } from './account-command.js';

export const accountSendTabCommand = accountCommand({
  name: 'account send-tab',
  summary: 'Send a page to a device',
  positionals: ['device id', 'title', 'url'],
  flags: { private: 'Open it in a private window' },
  async work({ account, given: [device = '', title = '', url = ''], flags, print }) {
    const result = await account.sendSingleTab(device, title, url, flags.has('private'));
    const later =
      result.type === 'Queued' ? `The server is busy: sent with the next command after ${result.retryAfter} s` : '';
    print(result, result.type === 'Sent' ? 'Tab sent!' : later);
  },
});
