import { authError } from '../errors.js';
import type { CredentialFields } from './verifier.js';

const VERSION2_FIELDS = ['authPWVersion2', 'wrapKb', 'wrapKbVersion2', 'clientSalt'] as const;

/**
 * Version 2 members come together or not at all (auth-api §6.1). `wrapKb` alone belongs to a version 1 change, where
 * the route says so.
 * @throws INVALID_PARAMETER naming the members that are missing
 */
export function requireCompleteVersion2(fields: CredentialFields, options: { wrapKbAlone: boolean }): void {
  const present = VERSION2_FIELDS.filter((name) => fields[name] !== undefined);
  if (present.length === 0 || present.length === VERSION2_FIELDS.length) return;
  if (options.wrapKbAlone && present.length === 1 && present[0] === 'wrapKb') return;
  const missing = VERSION2_FIELDS.filter((name) => fields[name] === undefined);
  throw authError('INVALID_PARAMETER', { validation: { source: 'payload', keys: missing } });
}
