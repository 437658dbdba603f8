import type { Config } from './config.js';
import { isLoopbackHost } from './loopback.js';

/** What works but should not stay so, one sentence each: told at the start. */
export function configWarnings(config: Config): string[] {
  const url = new URL(config.publicUrl);
  const isLocal = isLoopbackHost(url.hostname.replace(/^\[|\]$/g, ''));
  const warnings: string[] = [];
  if (!isLocal && url.protocol === 'http:') {
    warnings.push(
      `FOXDEN_PUBLIC_URL is ${config.publicUrl}: without https anyone on the way can read and change what people send.`,
    );
  }
  if (!isLocal && config.smtpUrl === null) {
    warnings.push(
      'FOXDEN_SMTP_URL is not set: mails do not leave this machine, so nobody else can confirm an address.',
    );
  }
  if (config.smtpUrl !== null && config.mailboxListen !== null) {
    warnings.push(
      'FOXDEN_MAILBOX_LISTEN is on beside FOXDEN_SMTP_URL: copies of all mails can be read on this machine.',
    );
  }
  if (!isLocal && !config.rateLimits) {
    warnings.push('FOXDEN_RATE_LIMITS is off: passwords and codes can be guessed without end.');
  }
  if (config.trustedProxies.some((entry) => entry.endsWith('/0'))) {
    warnings.push('FOXDEN_TRUSTED_PROXIES trusts everybody: any visitor can claim any address.');
  }
  if (config.notifyUrls.some(isReadable)) {
    warnings.push('FOXDEN_NOTIFY_URLS has a URL without https: anyone on the way can read the addresses of accounts.');
  }
  if (config.blockTestAddresses) {
    warnings.push('FOXDEN_BLOCK_TEST_ADDRESSES is on: addresses that begin with block need a code at every sign-in.');
  }
  return warnings;
}

function isReadable(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopbackHost(hostname.replace(/^\[|\]$/g, ''));
}
