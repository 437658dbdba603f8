import { base64urlToBytes } from '@foxden/protocol';

/**
 * The uid that an id_token_hint names; undefined when it is no ID token. Its signature is not looked at: the hint can
 * only narrow down whose sign-in is wanted, and an application may ask for that without any hint.
 */
export function hintedUid(idToken: string): string | undefined {
  try {
    const [, payload = ''] = idToken.split('.');
    const claims: unknown = JSON.parse(new TextDecoder().decode(base64urlToBytes(payload)));
    const sub = (claims as { sub?: unknown } | null)?.sub;
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}
