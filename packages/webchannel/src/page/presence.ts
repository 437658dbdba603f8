/**
 * Whether a browser that may listen shows this page: Firefox on any system, or an application that names itself so.
 * Elsewhere nobody would ever answer (webchannel §11).
 */
export function isFirefox(userAgent: string): boolean {
  return /firefox\/|fxios\//i.test(userAgent);
}
