import type { AnsweredCommand } from '@foxden/protocol';
import { type PageChannel, WebChannelError } from '@foxden/webchannel';

type Answers = Partial<Record<AnsweredCommand, object | ((data: never) => object)>>;

/** A browser that answers what it is told to, refuses the rest, and remembers what it was asked. */
export interface ScriptedChannel extends PageChannel {
  readonly said: { readonly command: string; readonly data: Readonly<Record<string, unknown>> }[];
  answers: Answers;
  /** The data of every message with this command. */
  of(command: string): Readonly<Record<string, unknown>>[];
}

export function scriptedChannel(answers: Answers = {}): ScriptedChannel {
  const channel: ScriptedChannel = {
    said: [],
    answers,
    of: (command) => channel.said.filter((message) => message.command === command).map(({ data }) => data),
    async ask(command, data) {
      channel.said.push({ command, data: { ...data } });
      const answer = channel.answers[command];
      if (answer === undefined) throw new WebChannelError('refused', command);
      return (typeof answer === 'function' ? answer(data as never) : answer) as never;
    },
    tell(command, data) {
      channel.said.push({ command, data: { ...data } });
    },
    close: () => undefined,
  };
  return channel;
}
