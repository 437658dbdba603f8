/** What a device is (client §1.6). On the wire: lower case, `null` for Unknown. */
export type DeviceType = 'Desktop' | 'Mobile' | 'Tablet' | 'VR' | 'TV' | 'Unknown';

/** What a device can be asked to do by others of the account (client §7.1). */
export type DeviceCapability = 'SendTab' | 'CloseTabs';

/** How an application registers itself. */
export interface DeviceConfig {
  readonly name: string;
  readonly deviceType: DeviceType;
  /** Anything but the empty list needs the scope oldsync with its key. */
  readonly capabilities: readonly DeviceCapability[];
}

/** Where web push reaches a device (RFC 8291). */
export interface DevicePushSubscription {
  readonly endpoint: string;
  /** base64url, 65 bytes */
  readonly publicKey: string;
  /** base64url, 16 bytes */
  readonly authKey: string;
}

/** The record of this application as the server has it. */
export interface LocalDevice {
  /** hex, 32 digits */
  readonly id: string;
  readonly displayName: string;
  readonly deviceType: DeviceType;
  readonly capabilities: readonly DeviceCapability[];
  readonly pushSubscription: DevicePushSubscription | null;
  readonly pushEndpointExpired: boolean;
}

/** A device of the account. */
export interface Device extends LocalDevice {
  readonly isCurrentDevice: boolean;
  /** milliseconds since the epoch */
  readonly lastAccessTime: number | null;
}

/** Anything that is attached to the account: a device, an application, a browser session (client §3.5). */
export interface AttachedClient {
  readonly clientId: string | null;
  readonly deviceId: string | null;
  readonly deviceType: DeviceType;
  readonly isCurrentSession: boolean;
  readonly name: string | null;
  /** milliseconds since the epoch */
  readonly createdTime: number | null;
  readonly lastAccessTime: number | null;
  readonly scope: readonly string[] | null;
}
