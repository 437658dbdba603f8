/** Bytes that a page may be asked to load of `@foxden/fxa-client`. */
export declare const LARGEST_BUNDLE: number;
/** Bundles every export of a package for browsers; `bytes` are those of the result, gzipped. */
export declare function bundleSize(name: string): Promise<{ readonly bytes: number }>;
