/** The middle of some numbers. */
export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** The number below which a part of the numbers lies, between neighbours in proportion. */
export function quantile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const low = sorted[Math.floor(place)];
  return low + (sorted[Math.ceil(place)] - low) * (place % 1);
}

/**
 * Mann-Whitney U test, two-sided, by the normal approximation: how likely two samples of one distribution would differ
 * in rank as much as these do.
 */
export function mannWhitney(first, second) {
  const all = [...first.map((value) => ({ value, own: 1 })), ...second.map((value) => ({ value, own: 0 }))];
  all.sort((a, b) => a.value - b.value);
  const rankSum = all.reduce((sum, { own }, index) => sum + own * (index + 1), 0);
  const [n, m] = [first.length, second.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
  return 2 * upperTail(Math.abs(u - (n * m) / 2) / deviation);
}

/** P(Z > z) of the standard normal distribution, z ≥ 0 (Abramowitz and Stegun 26.2.17, error below 1e-7). */
function upperTail(z) {
  const t = 1 / (1 + 0.2316419 * z);
  const coefficients = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const polynomial = coefficients.reduceRight((sum, coefficient) => (sum + coefficient) * t, 0);
  return (polynomial * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
