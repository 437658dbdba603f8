import { PairingError } from './error.js';

/** How long a pairing may take altogether, milliseconds (OAuth §6.4). */
export const FLOW_TIMEOUT = 15 * 60 * 1000;

interface Named {
  readonly type: string;
}

/** Where a side stands, until it stands where nothing follows. */
export class Progress<State extends Named, End extends State> {
  readonly ended: Promise<End>;
  private current: State;
  private readonly isEnd: (state: State) => state is End;
  private readonly tell: ((state: State) => void) | undefined;
  private conclude: (end: End) => void = () => undefined;

  constructor(first: State, isEnd: (state: State) => state is End, tell: ((state: State) => void) | undefined) {
    this.current = first;
    this.isEnd = isEnd;
    this.tell = tell;
    this.ended = new Promise((resolve) => {
      this.conclude = resolve;
    });
  }

  get state(): State {
    return this.current;
  }

  get hasEnded(): boolean {
    return this.isEnd(this.current);
  }

  /** Goes on; nothing follows an end. */
  to(state: State): void {
    if (this.hasEnded) return;
    this.current = state;
    if (this.isEnd(state)) this.conclude(state);
    this.tell?.(state);
  }
}

/**
 * Where an event leads by a table: state → event → state.
 * @throws PairingError `unexpected` where the state does not list it
 */
export function follow<Name extends string, Event extends string>(
  table: Readonly<Record<Name, Readonly<Partial<Record<Event, Name>>>>>,
  from: NoInfer<Name>,
  event: NoInfer<Event>,
): Name {
  const to = table[from][event];
  if (to === undefined) throw new PairingError('unexpected', `${event} in ${from}`);
  return to;
}

/** A failure as it is told: as it is where it is one of pairing, else as the cause of `failed`. */
export function asFailure(error: unknown, detail: string): PairingError {
  return error instanceof PairingError ? error : new PairingError('failed', detail, { cause: error });
}
