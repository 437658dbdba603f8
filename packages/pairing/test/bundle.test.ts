import { expect, it } from 'vitest';
import { bundleSize } from '../../../bench/measure/bundle-size.mjs';

it('a browser bundle of everything is at most 10 kB, gzipped, and needs nothing of Node', async () => {
  const { bytes } = await bundleSize('@foxden/pairing');
  expect(bytes).toBeGreaterThan(1024);
  expect(bytes).toBeLessThanOrEqual(10 * 1024);
});
