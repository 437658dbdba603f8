/** Numbers from 0 to below 1 that are the same for the same seed: Marsaglia's xorshift of 32 bits. */
export function seededRandom(seed: number): () => number {
  // Zero would stay zero; the multiplication spreads small seeds over all bits.
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
