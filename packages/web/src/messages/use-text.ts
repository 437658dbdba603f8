import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Message, message } from './message.js';
import type { Messages } from './messages.js';

export const MessagesContext = createContext<Messages | undefined>(undefined);

export interface Text {
  (id: string, args?: Message['args']): string;
  /** The text of a message that a model left. */
  of(message: Message): string;
}

/** The formatter of texts in the person's language. */
export function useText(): Text {
  const messages = useContext(MessagesContext);
  if (messages === undefined) throw new Error('no messages around this component');
  return Object.assign((id: string, args?: Message['args']) => messages.format(message(id, args)), {
    of: (text: Message) => messages.format(text),
  });
}
