import { accountCommand } from './account-command.js';

export const accountProfileCommand = accountCommand({
  name: 'account profile',
  summary: 'Print who is signed in',
  async work({ account, print }) {
    const profile = await account.getProfile(true);
    const lines = Object.entries(profile).map(([name, value]) => `${name.padEnd(15)}  ${value ?? ''}`);
    print(profile, lines);
  },
});
