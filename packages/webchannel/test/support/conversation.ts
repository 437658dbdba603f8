import { WEBCHANNEL_ID, type WebChannelMessage } from '@foxden/protocol';
import { type BrowserOptions, createBrowserEnd, type Sender } from '../../src/index.js';

const ORIGIN = 'https://accounts.example.org';

/** A page that sends raw messages to a browser's end and gives the raw answer, or undefined where none came. */
export function conversation(browser: BrowserOptions, from: Partial<Sender> = {}) {
  const end = createBrowserEnd(browser);
  return async (command: string, data: object = {}, messageId: string | undefined = '17'): Promise<unknown> => {
    let answer: WebChannelMessage | undefined;
    const reply = (envelope: object) => {
      answer = (envelope as { message: WebChannelMessage }).message;
    };
    const detail = JSON.stringify({ id: WEBCHANNEL_ID, message: { command, messageId, data } });
    await end.receive(detail, { origin: ORIGIN, reply, ...from });
    return answer;
  };
}

export const ok = (command: string) => ({ command, messageId: '17', data: { ok: true } });
export const failed = (command: string, message: string) => ({
  command,
  messageId: '17',
  data: { error: { message, stack: null } },
});
