/** The part of the foreign package `hawk`, which ships no types, that tests use. */
declare module 'hawk' {
  interface Credentials {
    readonly id: string;
    readonly key: Uint8Array | string;
    readonly algorithm: 'sha256';
  }
  interface HeaderOptions {
    readonly credentials: Credentials;
    readonly timestamp?: number;
    readonly nonce?: string;
    readonly payload?: string;
    readonly contentType?: string;
    readonly ext?: string;
  }
  interface Hawk {
    readonly client: { header(url: string, method: string, options: HeaderOptions): { readonly header: string } };
  }
  const hawk: Hawk;
  export default hawk;
}
