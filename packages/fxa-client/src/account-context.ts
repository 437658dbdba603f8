import { Telemetry } from './commands/telemetry.js';
import type { AttachedClient } from './devices/types.js';
import type { DeviceRecord } from './devices/wire.js';
import type { Connection } from './http/connection.js';
import { CircuitBreaker } from './oauth/circuit-breaker.js';
import type { TokenAnswer } from './oauth/token-answer.js';
import type { AccountState } from './persistence/account-state.js';

/** A list as the server gave it, and when; milliseconds since the epoch. */
export interface Cached<T> {
  readonly at: number;
  readonly value: T;
}

/** What of an account is known only as long as the object lives (client §7.9). */
interface Memory {
  devices: Cached<readonly DeviceRecord[]> | undefined;
  attachedClients: Cached<readonly AttachedClient[]> | undefined;
  /** The answer to the code of a flow that could not be completed yet. */
  redeemed: { readonly flow: string; readonly tokens: TokenAnswer } | undefined;
}

/** What the operations of an account work on. They run one after the other, never side by side. */
export class AccountContext {
  readonly connection: Connection;
  readonly memory: Memory = { devices: undefined, attachedClients: undefined, redeemed: undefined };
  readonly statusChecks: CircuitBreaker;
  telemetry = new Telemetry();
  private current: AccountState;
  private readonly persist: (state: AccountState) => Promise<void>;

  /** @param persist keeps the account so that a crash after it finds it again */
  constructor(connection: Connection, state: AccountState, persist: (state: AccountState) => Promise<void>) {
    this.connection = connection;
    this.current = state;
    this.persist = persist;
    this.statusChecks = new CircuitBreaker(connection.clock);
  }

  get state(): AccountState {
    return this.current;
  }

  /** milliseconds since the epoch */
  now(): number {
    return this.connection.clock.now();
  }

  update(change: Partial<AccountState>): void {
    this.current = { ...this.current, ...change };
  }

  /** Keeps what was changed so far, before a request that cannot be taken back. */
  save(): Promise<void> {
    return this.persist(this.current);
  }

  forgetLists(): void {
    this.memory.devices = undefined;
    this.memory.attachedClients = undefined;
  }
}
