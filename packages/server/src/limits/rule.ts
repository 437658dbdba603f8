/** What attempts are counted by. */
export const PROPERTIES = ['ip', 'email', 'uid', 'ip_email', 'ip_uid'] as const;
export type Property = (typeof PROPERTIES)[number];

/**
 * What happens after too many attempts: `block` refuses this action, `ban` refuses every action, `report` only writes a
 * log line.
 */
export const POLICIES = ['block', 'ban', 'report'] as const;
export type Policy = (typeof POLICIES)[number];

/** One rule: so many attempts in a window pass; the next one begins a block of the given duration. */
export interface Rule {
  readonly action: string;
  readonly property: Property;
  readonly attempts: number;
  /** Milliseconds. */
  readonly window: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly policy: Policy;
}

/** The action whose rules apply to every action that has none. */
export const DEFAULT_ACTION = 'default';
