import { describe, expect, it } from 'vitest';
import { play } from './support/play.js';
import { vectors } from './support/vectors.js';

describe('the scenarios of the original, against a scripted server', () => {
  it('are fifty', () => {
    expect(vectors.scenarios).toHaveLength(50);
  });

  it.each(vectors.scenarios)('$id: $title', async (scenario) => {
    await play(scenario);
  });
});
