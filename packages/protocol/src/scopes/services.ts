import { SCOPE_OLDSYNC, SCOPE_RELAY, SCOPE_SMARTWINDOW, SCOPE_VPN } from './well-known.js';

/** What a browser means that names a service (OAuth §1.5). */
const SERVICES: Readonly<Record<string, { readonly scope: string; readonly name: string }>> = {
  sync: { scope: SCOPE_OLDSYNC, name: 'Sync' },
  relay: { scope: SCOPE_RELAY, name: 'Relay' },
  vpn: { scope: SCOPE_VPN, name: 'VPN' },
  smartwindow: { scope: SCOPE_SMARTWINDOW, name: 'Smart Window' },
};

/** Whether a text is the name of a service, and not just any tag. */
export function isService(text: string): boolean {
  return Object.hasOwn(SERVICES, text);
}

/** What people call a service; undefined for a name that stands for none. */
export function serviceName(service: string): string | undefined {
  return isService(service) ? SERVICES[service]?.name : undefined;
}

/**
 * The scope string that the name of a service stands for (OAuth §1.5); undefined for a name that stands for none.
 * @param options `withKeys`: the person typed the password for it, and the only keys a browser wants are those of Sync
 */
export function serviceScope(service: string, options: { readonly withKeys: boolean }): string | undefined {
  const scope = isService(service) ? SERVICES[service]?.scope : undefined;
  if (scope === undefined || scope === SCOPE_OLDSYNC || !options.withKeys) return scope;
  return `${scope} ${SCOPE_OLDSYNC}`;
}
