import { expect, it } from 'vitest';
import { bundleSize, LARGEST_BUNDLE } from '../../../bench/measure/bundle-size.mjs';

it('a browser bundle of everything is at most 30 kB, gzipped, and needs nothing of Node', async () => {
  const { bytes } = await bundleSize('@foxden/fxa-client');
  expect(bytes).toBeLessThanOrEqual(LARGEST_BUNDLE);
});
