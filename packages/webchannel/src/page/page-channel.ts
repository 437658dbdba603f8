import {
  type AnsweredCommand,
  type AnsweredCommands,
  readWebChannelDetail,
  type ToldCommand,
  type ToldCommands,
  WEBCHANNEL_ID,
  WEBCHANNEL_TO_BROWSER,
  WEBCHANNEL_TO_PAGE,
  type WebChannelMessage,
} from '@foxden/protocol';
import { WebChannelError } from '../error.js';
import { isFirefox } from './presence.js';
import { readAnswer } from './read-answer.js';
import { timeoutOf } from './time-outs.js';

/** What the page's end needs of the page. */
export interface PageEnvironment {
  /** The `window`. */
  readonly target: EventTarget;
  readonly userAgent: string;
  /** Milliseconds since the epoch; message ids begin with it. */
  readonly now: () => number;
  /** Calls back after some milliseconds; gives what takes that back. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
}

/** The page's end of the channel. */
export interface PageChannel {
  /**
   * Sends a command and gives the data of the browser's answer.
   * @param timeout milliseconds; as long as the command usually takes when absent
   * @throws WebChannelError `timeout`, `no-channel`, `refused`, `closed`
   */
  ask<C extends AnsweredCommand>(
    command: C,
    data: AnsweredCommands[C][0],
    timeout?: number,
  ): Promise<AnsweredCommands[C][1]>;
  /** Sends a command whose answer nobody waits for. */
  tell<C extends ToldCommand>(command: C, data: ToldCommands[C]): void;
  close(): void;
}

interface Question {
  readonly command: string;
  readonly settle: (answer: () => unknown) => void;
}

/** Opens the channel to the browser that shows this page; undefined where none listens (webchannel §1). */
export function openPageChannel({ target, userAgent, now, after }: PageEnvironment): PageChannel | undefined {
  if (!isFirefox(userAgent)) return undefined;
  const questions = new Map<string, Question>();
  // Firefox for iOS is handed objects, every other one text.
  const asObject = /fxios\//i.test(userAgent);
  let count = 0;

  /** Decimal digits: Firefox for iOS reads the id as a number (webchannel §1.1). */
  function nextId(): string {
    count += 1;
    return `${now()}${count}`;
  }

  function send(messageId: string, command: string, data: object): void {
    const envelope = { id: WEBCHANNEL_ID, message: { command, messageId, data } };
    const detail = asObject ? envelope : JSON.stringify(envelope);
    target.dispatchEvent(new CustomEvent(WEBCHANNEL_TO_BROWSER, { detail }));
  }

  function receive(event: Event): void {
    const message = readWebChannelDetail((event as CustomEvent).detail);
    if (message === undefined) return;
    for (const [id, { command, settle }] of answeredBy(message, questions)) {
      questions.delete(id);
      settle(() => readAnswer(command, message));
    }
  }

  // The browser answers on the node that was spoken from; capturing hears that on any node.
  target.addEventListener(WEBCHANNEL_TO_PAGE, receive, true);
  return {
    ask<C extends AnsweredCommand>(command: C, data: AnsweredCommands[C][0], timeout = timeoutOf(command)) {
      return new Promise<AnsweredCommands[C][1]>((resolve, reject) => {
        let cancel = () => {};
        const settle = (answer: () => unknown) => {
          cancel();
          try {
            resolve(answer() as AnsweredCommands[C][1]);
          } catch (error) {
            reject(error);
          }
        };
        // A browser may answer while the event is being dispatched, so the question is noted first.
        const id = nextId();
        questions.set(id, { command, settle });
        if (Number.isFinite(timeout)) {
          cancel = after(timeout, () => {
            questions.delete(id);
            reject(new WebChannelError('timeout', command));
          });
        }
        send(id, command, data);
      });
    },
    tell(command, data) {
      send(nextId(), command, data);
    },
    close() {
      target.removeEventListener(WEBCHANNEL_TO_PAGE, receive, true);
      for (const { command, settle } of questions.values()) {
        settle(() => {
          throw new WebChannelError('closed', command);
        });
      }
      questions.clear();
    },
  };
}

/**
 * Whose answer a message is: by its id; without one by its command, and without either that of whoever waits longest.
 * A refusal of the channel itself is everybody's (webchannel §1.2).
 */
function answeredBy(
  { messageId, command, errno }: WebChannelMessage,
  questions: ReadonlyMap<string, Question>,
): (readonly [string, Question])[] {
  if (messageId !== undefined) {
    const question = questions.get(String(messageId));
    return question === undefined ? [] : [[String(messageId), question]];
  }
  if (errno !== undefined) return [...questions];
  const waiting = [...questions].find(([, question]) => command === undefined || question.command === command);
  return waiting === undefined ? [] : [waiting];
}
