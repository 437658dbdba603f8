import { accountCommand } from './account-command.js';

export const accountAttachedClientsCommand = accountCommand({
  name: 'account attached-clients',
  summary: 'List what is attached to the account: devices, applications, browser sessions',
  async work({ account, print }) {
    const clients = await account.getAttachedClients(true);
    print(
      clients,
      clients.map(({ name, clientId, isCurrentSession, lastAccessTime }) => {
        const seen = lastAccessTime === null ? 'never' : new Date(lastAccessTime).toISOString();
        return `${name ?? 'unnamed'} (client_id: ${clientId ?? 'none'}, current: ${isCurrentSession}, last access: ${seen})`;
      }),
    );
  },
});
