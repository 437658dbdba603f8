import { accountCommand } from './account-command.js';

export const accountDevicesCommand = accountCommand({
  name: 'account devices',
  summary: 'List the devices of the account',
  async work({ account, print }) {
    const devices = await account.getDevices(true);
    const shown = devices.map(({ id, displayName, deviceType, capabilities, isCurrentDevice, lastAccessTime }) => ({
      id,
      displayName,
      deviceType,
      capabilities,
      isCurrentDevice,
      lastAccessTime,
    }));
    print(
      shown,
      shown.map(
        ({ id, displayName, isCurrentDevice }) => `${id}: ${displayName}${isCurrentDevice ? ' (this one)' : ''}`,
      ),
    );
  },
});
