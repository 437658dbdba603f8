import { isIP, isIPv4 } from 'node:net';

/** Whether a host name or address (IPv6 without brackets) means this machine only (RFC 6761 §6.3, RFC 1122 §3.2.1.3). */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  if (isIPv4(name)) return name.startsWith('127.');
  if (isIP(name) === 6) return name === '::1' || name === '0:0:0:0:0:0:0:1';
  return name === 'localhost' || name.endsWith('.localhost');
}
