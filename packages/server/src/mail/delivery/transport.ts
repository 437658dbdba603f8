/** A mail on its way out. */
export interface OutgoingMail {
  /** Hex, 32 digits; the same at every attempt, so that mail programs can drop a duplicate. */
  readonly id: string;
  readonly to: string;
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** An address that the mail server did not take for a reason of that address, perhaps while it took the others. */
export interface Rejection {
  readonly address: string;
  /** Hard: there is no such mailbox, as far as the mail server knows. Soft: not now. */
  readonly kind: 'hard' | 'soft';
}

/**
 * How an attempt ended. `refused`: no further attempt will do better. `summary` tells no address and may be logged;
 * `reason` is for the database.
 */
export type Outcome = { readonly rejections: readonly Rejection[] } & (
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'failed'; readonly summary: string; readonly reason: string }
);

/** What carries mails away. */
export interface Transport {
  /** Never rejects: a failure is an outcome. */
  send(mail: OutgoingMail): Promise<Outcome>;
  close(): void;
}
