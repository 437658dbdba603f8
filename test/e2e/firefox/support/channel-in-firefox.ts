import type { Firefox } from './firefox.js';

/** Sends a message to the browser from the page that is open (webchannel §2), and gives the data of the answer. */
export async function askBrowser(firefox: Firefox, command: string, data: object): Promise<unknown> {
  const answer = await firefox.inPage(
    (name, content) =>
      new Promise((resolve) => {
        const messageId = String(Math.floor(Math.random() * 2 ** 48));
        addEventListener('WebChannelMessageToContent', (event) => {
          const { message } = (event as CustomEvent<{ message: { messageId?: string; command?: string } }>).detail;
          if (message.messageId === messageId || message.command === undefined) resolve(message);
        });
        const message = { command: name, messageId, data: content };
        const detail = JSON.stringify({ id: 'account_updates', message });
        dispatchEvent(new CustomEvent('WebChannelMessageToChrome', { detail }));
      }),
    command,
    data,
  );
  return (answer as { readonly data?: unknown }).data;
}
