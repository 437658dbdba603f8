const STEPS = [
  { unit: 'second', seconds: 1, upTo: 60 },
  { unit: 'minute', seconds: 60, upTo: 3600 },
  { unit: 'hour', seconds: 3600, upTo: Number.POSITIVE_INFINITY },
] as const;

/** Members of the THROTTLED answer (auth-api §4.3): whole seconds, at least one, and the same in words. */
export function retryAfterMembers(milliseconds: number): { retryAfter: number; retryAfterLocalized: string } {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  const step = STEPS.find(({ upTo }) => retryAfter < upTo) ?? STEPS[2];
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  return { retryAfter, retryAfterLocalized: words.format(Math.ceil(retryAfter / step.seconds), step.unit) };
}
