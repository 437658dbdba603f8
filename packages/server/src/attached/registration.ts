import { createPublicKey } from 'node:crypto';
import type { accountDevice, BodyOf } from '@foxden/protocol';
import type { DeviceChanges } from '../devices/index.js';
import { authError } from '../errors.js';
import { isAllowedEndpoint } from '../push/index.js';

export type RegistrationBody = BodyOf<typeof accountDevice>;

/**
 * What a registration says about a device (oauth-devices §3.1), beyond what the schema can check.
 * @param pushOrigins origins that messages may be sent to, beside the public push services
 * @throws INVALID_PARAMETER for a push service that is not allowed, a key that is no point of P-256, a part of the triple
 */
export function readRegistration(body: RegistrationBody, pushOrigins: readonly string[]): DeviceChanges {
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.type !== undefined && { type: body.type }),
    ...readPush(body, pushOrigins),
    ...(body.availableCommands !== undefined && { availableCommands: body.availableCommands }),
  };
}

/** A callback without keys clears the keys, as clients of old count on; the empty text clears all three. */
function readPush(body: RegistrationBody, pushOrigins: readonly string[]): DeviceChanges {
  const pushPublicKey = body.pushPublicKey || null;
  const pushAuthKey = body.pushAuthKey || null;
  if ((pushPublicKey === null) !== (pushAuthKey === null)) throw invalid('pushPublicKey', 'pushAuthKey');
  if (body.pushCallback === undefined) {
    if (body.pushPublicKey !== undefined || body.pushAuthKey !== undefined) throw invalid('pushCallback');
    return {};
  }
  const pushEndpointExpired = false;
  if (body.pushCallback === '') {
    return { pushCallback: null, pushPublicKey: null, pushAuthKey: null, pushEndpointExpired };
  }
  if (!isAllowedEndpoint(body.pushCallback, pushOrigins)) throw invalid('pushCallback');
  if (pushPublicKey !== null && !isPointOfP256(pushPublicKey)) throw invalid('pushPublicKey');
  return { pushCallback: body.pushCallback, pushPublicKey, pushAuthKey, pushEndpointExpired };
}

/** An uncompressed point (65 bytes) that lies on the curve: what RFC 8291 encrypts to. */
function isPointOfP256(text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  const x = bytes.subarray(1, 33).toString('base64url');
  const y = bytes.subarray(33).toString('base64url');
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function invalid(...keys: string[]) {
  return authError('INVALID_PARAMETER', { validation: { source: 'payload', keys } });
}
