import type { Generated } from 'kysely';

/**
 * Tables of the token server. Their names, and the order of their columns, are those that other programs of the Sync
 * family read and write (sync §5); operators may change rows while the server runs. No foreign keys.
 */
export interface UserTables {
  services: { id: Generated<number>; service: string; pattern: string };
  nodes: {
    id: Generated<number>;
    service: number;
    node: string;
    available: number;
    current_load: number;
    capacity: number;
    downed: number;
    backoff: number;
  };
  users: {
    uid: Generated<number>;
    service: number;
    email: string;
    /** Up to 2^63−1, so it is read as text. */
    generation: bigint;
    client_state: string;
    created_at: number;
    replaced_at: number | null;
    nodeid: number;
    keys_changed_at: bigint | null;
  };
}

/** Tables of the storage. Times are centiseconds; every key begins with the user, so that they can be distributed. */
export interface StorageTables {
  /** `modified`: the time of the user's last write, which the next one exceeds; also when everything was deleted. */
  sync_users: { uid: number; modified: number };
  sync_collections: { uid: number; name: string; modified: number };
  sync_bsos: {
    uid: number;
    collection: string;
    id: string;
    sortindex: number | null;
    modified: number;
    /** Centiseconds; null: never. */
    expiry: number | null;
    /** UTF-8 bytes of the payload. */
    size: number;
    payload: string;
  };
  /** Open uploads. `records` and `bytes`: sent so far. */
  sync_batches: { uid: number; id: string; collection: string; created: number; records: number; bytes: number };
  /** Null: not given. `ttl`: seconds. */
  sync_batch_items: {
    uid: number;
    batch: string;
    id: string;
    sortindex: number | null;
    ttl: number | null;
    payload: string | null;
  };
}
