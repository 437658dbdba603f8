import type { Device } from '../devices/index.js';
import type { UserAgent } from '../sessions/index.js';

/** The name of a device: what its person called it, else what its browser says of itself. */
export function deviceName({ name, userAgent }: Pick<Device, 'name' | 'userAgent'>): string {
  return name ?? userAgentName(userAgent);
}

/** The kind of a device: what it said, else what its browser says; without any, an application is a mobile one. */
export function deviceType(device: Pick<Device, 'type' | 'refreshTokenHash' | 'userAgent'>): string {
  return device.type ?? (device.refreshTokenHash === null ? sessionType(device.userAgent) : 'mobile');
}

/** The kind of device that a session without a record is shown as. */
export function sessionType({ uaDeviceType }: UserAgent): string {
  return uaDeviceType ?? 'desktop';
}

/** `Firefox 128, Mac OS X 10.15`, as much as is known of it; empty when nothing is. */
export function userAgentName(agent: UserAgent): string {
  const system = agent.uaFormFactor ?? joined(agent.uaOS, agent.uaOSVersion);
  return [browserName(agent), system].filter((part) => part !== '').join(', ');
}

/** `Firefox 128`; empty when nothing is known. */
export function browserName({ uaBrowser, uaBrowserVersion }: UserAgent): string {
  return joined(uaBrowser, uaBrowserVersion?.split('.', 1)[0] ?? null);
}

function joined(name: string | null, version: string | null): string {
  return name === null ? '' : [name, version].filter((part) => part !== null).join(' ');
}
