import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { scenes } from './support/scenes.js';
import { openStage, type Stage } from './support/stage.js';

/** Draws every scene into this folder, for somebody to look at. */
const folder = process.env['FOXDEN_TEST_SCREENSHOTS'];
const only = process.env['FOXDEN_TEST_SCENES']?.split(',');

const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

describe.skipIf(folder === undefined)('screenshots', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    await mkdir(folder ?? '', { recursive: true });
  });
  afterAll(() => stage.close());

  for (const { name, show } of scenes.filter((scene) => only?.includes(scene.name) ?? true)) {
    it(`draws ${name}`, async () => {
      const page = await stage.visit({ deviceScaleFactor: 1 });
      await show(stage, page);
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const [width, viewport] of Object.entries(widths)) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          const path = join(folder ?? '', `${name}-${colorScheme}-${width}.png`);
          await page.screenshot({ path, animations: 'disabled' });
        }
      }
      await page.context().close();
    });
  }
});
