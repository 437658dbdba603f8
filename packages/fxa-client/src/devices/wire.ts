import { COMMAND_CLOSE_TABS, COMMAND_SEND_TAB } from '@foxden/protocol';
import { flag, list, members, object, optional, type Reader, record, text, whole } from '../persistence/reading.js';
import type {
  AttachedClient,
  Device,
  DeviceCapability,
  DevicePushSubscription,
  DeviceType,
  LocalDevice,
} from './types.js';

const DEVICE_TYPES: Readonly<Record<string, DeviceType>> = {
  desktop: 'Desktop',
  mobile: 'Mobile',
  phone: 'Mobile',
  tablet: 'Tablet',
  vr: 'VR',
  tv: 'TV',
};

/** The command by which a capability is asked for. */
export const COMMANDS: Readonly<Record<DeviceCapability, string>> = {
  SendTab: COMMAND_SEND_TAB,
  CloseTabs: COMMAND_CLOSE_TABS,
};

/** Whatever a server may write; a type that is not known is Unknown. Never throws. */
export function deviceTypeFromWire(value: unknown): DeviceType {
  return (typeof value === 'string' && Object.hasOwn(DEVICE_TYPES, value) && DEVICE_TYPES[value]) || 'Unknown';
}

export function deviceTypeToWire(type: DeviceType): string | null {
  return type === 'Unknown' ? null : type.toLowerCase();
}

/** What of a list of names are capabilities that this version knows. */
export function knownCapabilities(names: readonly string[]): readonly DeviceCapability[] {
  return (Object.keys(COMMANDS) as DeviceCapability[]).filter((name) => names.includes(name));
}

/** A device as another of the account sees it, with what it published by command. */
export interface DeviceRecord extends Device {
  readonly availableCommands: Readonly<Record<string, string>>;
}

/** One entry of `GET /account/devices` (client §1.6). */
export const readDevice: Reader<DeviceRecord> = object((member) => ({
  ...readCommon(member),
  isCurrentDevice: member('isCurrentDevice', flag),
  lastAccessTime: member('lastAccessTime', optional(whole)),
  availableCommands: member('availableCommands', record(text)),
}));

/** What `POST /account/device` answers. */
export const readLocalDevice: Reader<LocalDevice> = object((member) => readCommon(member));

function readCommon(member: <M>(key: string, reader: Reader<M>) => M): LocalDevice {
  const commands = member('availableCommands', record(text));
  return {
    id: member('id', text),
    displayName: member('name', text),
    deviceType: deviceTypeFromWire(member('type', (value) => value)),
    capabilities: capabilitiesOf(commands),
    pushSubscription: readPush(
      member('pushCallback', optional(text)),
      member('pushPublicKey', optional(text)),
      member('pushAuthKey', optional(text)),
    ),
    pushEndpointExpired: member('pushEndpointExpired', flag),
  };
}

function capabilitiesOf(commands: Readonly<Record<string, string>>): readonly DeviceCapability[] {
  return (Object.keys(COMMANDS) as DeviceCapability[]).filter((name) => Object.hasOwn(commands, COMMANDS[name]));
}

function readPush(
  endpoint: string | null,
  publicKey: string | null,
  authKey: string | null,
): DevicePushSubscription | null {
  return endpoint && publicKey && authKey ? { endpoint, publicKey, authKey } : null;
}

/** One entry of `GET /account/attached_clients` (client §1.6). */
export const readAttachedClient: Reader<AttachedClient> = object((member) => ({
  clientId: member('clientId', optional(text)),
  deviceId: member('deviceId', optional(text)),
  deviceType: deviceTypeFromWire(member('deviceType', (value) => value)),
  isCurrentSession: member('isCurrentSession', flag),
  name: member('name', optional(text)),
  createdTime: member('createdTime', optional(whole)),
  lastAccessTime: member('lastAccessTime', optional(whole)),
  scope: member('scope', optional(list(text))),
}));

/** The body of `POST /account/device` for the members that change (client §7.1). */
export interface DeviceChange {
  readonly name?: string | null;
  readonly deviceType?: DeviceType;
  readonly pushSubscription?: DevicePushSubscription | null;
  readonly availableCommands?: Readonly<Record<string, string>>;
}

export function deviceChangeBody(change: DeviceChange): Readonly<Record<string, unknown>> {
  const { name, deviceType, pushSubscription, availableCommands } = change;
  return {
    ...(name !== undefined && { name }),
    ...(deviceType !== undefined && { type: deviceTypeToWire(deviceType) }),
    ...(pushSubscription != null && {
      pushCallback: pushSubscription.endpoint,
      pushPublicKey: pushSubscription.publicKey,
      pushAuthKey: pushSubscription.authKey,
    }),
    ...(availableCommands !== undefined && { availableCommands }),
  };
}

/** Needs nothing of it: the answer to a request whose result says nothing. */
export const readNothing: Reader<void> = (value, name) => {
  members(value, name);
};
