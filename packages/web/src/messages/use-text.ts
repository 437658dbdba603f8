import { useSite } from '../site.js';
import { type Message, message } from './message.js';

export interface Text {
  (id: string, args?: Message['args']): string;
  /** The text of a message that a model left. */
  of(message: Message): string;
}

/** The formatter of texts in the person's language. */
export function useText(): Text {
  const { messages } = useSite();
  return Object.assign((id: string, args?: Message['args']) => messages.format(message(id, args)), {
    of: (text: Message) => messages.format(text),
  });
}
