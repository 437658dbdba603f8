import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { scenes } from './support/scenes.js';
import { openStage, type Stage } from './support/stage.js';

/** Draws the scenes into this folder, one sheet each, for somebody to look at; those in docs/pages.md are kept. */
const folder = process.env['FOXDEN_TEST_SCREENSHOTS'];
const only = process.env['FOXDEN_TEST_SCENES']?.split(',');

/** On a sheet, from left to right and from top to bottom. */
const SCREENS = [
  { colorScheme: 'light', size: { width: 390, height: 844 } },
  { colorScheme: 'light', size: { width: 1280, height: 844 } },
  { colorScheme: 'dark', size: { width: 390, height: 844 } },
  { colorScheme: 'dark', size: { width: 1280, height: 844 } },
] as const;

describe.skipIf(folder === undefined)('screenshots', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    await mkdir(folder ?? '', { recursive: true });
  });
  afterAll(() => stage.close());

  for (const { name, show } of scenes.filter((scene) => only?.includes(scene.name) ?? true)) {
    it(`draws ${name}`, async () => {
      const page = await stage.visit({ reducedMotion: 'reduce' });
      await show(stage, page);
      const pictures: Buffer[] = [];
      for (const { colorScheme, size } of SCREENS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size);
        pictures.push(await page.screenshot({ animations: 'disabled' }));
      }
      await page.context().close();
      await drawSheet(await stage.visit(), pictures, join(folder ?? '', `${name}.png`));
    });
  }
});

/** Phone and desktop, light above dark, at half their size. */
async function drawSheet(page: Page, pictures: readonly Buffer[], path: string): Promise<void> {
  const images = pictures.map((picture, index) => {
    const width = (SCREENS[index]?.size.width ?? 0) / 2;
    return `<img width="${width}" src="data:image/png;base64,${picture.toString('base64')}">`;
  });
  await page.setContent(
    `<body style="display: grid; grid-template-columns: auto auto; gap: 8px; width: max-content; margin: 0">${images.join('')}`,
  );
  await page.locator('body').screenshot({ path });
  await page.context().close();
}
