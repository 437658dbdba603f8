import { FxaError } from '../errors/fxa-error.js';
import { safeUrl } from '../errors/safe-url.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Refuses to send tokens in the clear (client §1.3); only loopback addresses may do without TLS.
 * @throws FxaError `Network`
 */
export function requireSecure(url: string, allowPlainHttp: boolean): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || allowPlainHttp || LOOPBACK.test(hostname)) return;
  throw new FxaError('Network', `Refused to send without TLS: ${safeUrl(url)}`);
}
