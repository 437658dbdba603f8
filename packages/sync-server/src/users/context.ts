import type { Transaction } from 'kysely';
import type { Clock } from '../surroundings.js';
import type { Tables, UserTables } from '../tables/index.js';

/** What operations on users work with. */
export interface UsersContext {
  readonly tables: Tables;
  readonly clock: Clock;
  /** Of the service `sync-1.5` in its table. */
  readonly service: number;
  /** After the @ of a user's name in the table. */
  readonly emailDomain: string;
  readonly allowNewUsers: boolean;
  /** Part of a full node's capacity that is released at a time. */
  readonly releaseRate: number;
}

export type UsersTransaction = Transaction<UserTables>;

/** The name of an account in the table of users. */
export function emailOf({ emailDomain }: Pick<UsersContext, 'emailDomain'>, fxaUid: string): string {
  return `${fxaUid}@${emailDomain}`;
}
