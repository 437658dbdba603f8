/** A name in the onepw namespace, as the protocol's `kw()` (auth API §1). */
export function kw(name: string): string {
  return `identity.mozilla.com/picl/v1/${name}`;
}
