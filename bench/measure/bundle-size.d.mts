/** Bytes that a page may be asked to load. */
export declare const LARGEST_BUNDLE: number;
/** Bundles every export of `@foxden/fxa-client` for browsers; `bytes` are those of the result, gzipped. */
export declare function bundleSize(): Promise<{ readonly bytes: number }>;
