/** Seconds to wait, as the THROTTLED answer gives them (auth-api §4.3): whole, at least one. */
export function retryAfterSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
