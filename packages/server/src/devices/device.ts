import type { UserAgent } from '../sessions/index.js';
import type { Bytes, DeviceRow } from '../storage/index.js';

/** A device record (oauth-devices §3.1). */
export interface Device {
  /** hex, 32 digits, as is `id` */
  readonly uid: string;
  readonly id: string;
  readonly sessionTokenHash: Bytes | null;
  readonly refreshTokenHash: Bytes | null;
  /** null where the person gave it none. */
  readonly name: string | null;
  readonly type: string | null;
  readonly pushCallback: string | null;
  readonly pushPublicKey: string | null;
  readonly pushAuthKey: string | null;
  /** The push server said that it knows the endpoint no longer. */
  readonly pushEndpointExpired: boolean;
  /** Name → text that only the devices of the person can read. */
  readonly availableCommands: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly userAgent: UserAgent;
}

/** A device of which nothing is known yet but that it is there. */
export const UNDESCRIBED = {
  sessionTokenHash: null,
  refreshTokenHash: null,
  name: null,
  type: null,
  pushCallback: null,
  pushPublicKey: null,
  pushAuthKey: null,
  pushEndpointExpired: false,
  availableCommands: {},
} satisfies Partial<Device>;

/** What registering may change of a device. */
export type DeviceChanges = Partial<Omit<Device, 'uid' | 'id' | 'createdAt'>>;

/** The columns of a device, or of changes to one. */
export function toColumns(changes: DeviceChanges): Partial<Omit<DeviceRow, 'uid' | 'id' | 'createdAt'>> {
  const { userAgent, availableCommands, pushEndpointExpired, ...same } = changes;
  return {
    ...same,
    ...userAgent,
    ...(availableCommands !== undefined && { availableCommands: JSON.stringify(availableCommands) }),
    ...(pushEndpointExpired !== undefined && { pushEndpointExpired: pushEndpointExpired ? 1 : 0 }),
  };
}
