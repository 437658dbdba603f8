/** How a connection is closed: the code and the words of the close frame (RFC 6455 §7.4). */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Why the server closes connections. A message that is too long is closed with 1009, by the WebSocket library. */
export const CLOSED = {
  unknown: { code: 1008, reason: 'no such channel' },
  full: { code: 1008, reason: 'the channel is full' },
  spent: { code: 1008, reason: 'the channel took all it takes' },
  expired: { code: 1008, reason: 'the time of the channel is over' },
  stopping: { code: 1001, reason: 'the server stops' },
} as const satisfies Readonly<Record<string, Closing>>;
