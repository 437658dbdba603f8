/**
 * What went wrong between a page and its browser: no answer in time, a page that the browser does not listen to, a
 * command that failed inside the browser, or a channel that was closed meanwhile.
 */
export type WebChannelFailure = 'timeout' | 'no-channel' | 'refused' | 'closed';

export class WebChannelError extends Error {
  override readonly name = 'WebChannelError';
  readonly kind: WebChannelFailure;
  readonly command: string;

  /** @param detail what the browser said, for logs; it is not written for people */
  constructor(kind: WebChannelFailure, command: string, detail?: string) {
    super(detail === undefined ? `${command}: ${kind}` : `${command}: ${kind}: ${detail}`);
    this.kind = kind;
    this.command = command;
  }
}
