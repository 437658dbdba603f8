import { SCOPE_OLDSYNC, SCOPE_RELAY, SCOPE_SMARTWINDOW, SCOPE_VPN } from './well-known.js';

/** What a browser means that names a service (OAuth §1.5). */
const SERVICE_SCOPES: Readonly<Record<string, string>> = {
  sync: SCOPE_OLDSYNC,
  relay: SCOPE_RELAY,
  vpn: SCOPE_VPN,
  smartwindow: SCOPE_SMARTWINDOW,
};

/** Whether a text is the name of a service, and not just any tag. */
export function isService(text: string): boolean {
  return Object.hasOwn(SERVICE_SCOPES, text);
}

/**
 * The scope string that the name of a service stands for (OAuth §1.5); undefined for a name that stands for none.
 * @param options `withKeys`: the person typed the password for it, and the only keys a browser wants are those of Sync
 */
export function serviceScope(service: string, options: { readonly withKeys: boolean }): string | undefined {
  const scope = isService(service) ? SERVICE_SCOPES[service] : undefined;
  if (scope === undefined || scope === SCOPE_OLDSYNC || !options.withKeys) return scope;
  return `${scope} ${SCOPE_OLDSYNC}`;
}
