import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from './support/chromium.js';
import { readingOf, writeReading, writtenReadings } from './support/reading.js';
import { scenes } from './support/scenes.js';
import { openStage, type Stage } from './support/stage.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with what the page shows now: by all its rules, or by those named. */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Colours that are just fading would be measured half way.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0))),
  );
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules !== undefined && { runOnly: rules }) });
  const results = (await page.evaluate(`axe.run(${options})`)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe.skipIf(withoutChromium)('every page', () => {
  let stage: Stage;
  /** One window for all scenes, each in a tab of its own: a new window would fetch and compile everything anew. */
  let window: Page;
  beforeAll(async () => {
    stage = await openStage();
    window = await stage.visit({ reducedMotion: 'reduce', colorScheme: 'light' });
    await window.goto(`${stage.url}/__version__`);
  });
  afterAll(() => stage.close());

  for (const { name, show } of scenes) {
    it(`is accessible, and fits any screen: ${name}`, async () => {
      await window.evaluate(() => localStorage.clear());
      const page = await stage.tab(window);
      await show(stage, page);
      if (writtenReadings().has(name)) {
        const reading = await readingOf(page);
        writeReading(name, reading);
        expect(writtenReadings().get(name)).toBe(reading);
      }
      // Evaluating text is not bound by the page's policy; adding a script element would be.
      await page.evaluate(axe);
      expect(await violations(page), 'light').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      // Nothing else depends on the theme.
      expect(await violations(page, ['color-contrast']), 'dark').toEqual([]);
      for (const [width, direction] of [
        [320, 'ltr'],
        [360, 'rtl'],
        [1280, 'rtl'],
      ] as const) {
        await page.setViewportSize({ width, height: 700 });
        const overflow = await page.evaluate((dir) => {
          document.documentElement.dir = dir;
          return document.documentElement.scrollWidth - document.documentElement.clientWidth;
        }, direction);
        expect(overflow, `${width} ${direction}`).toBe(0);
      }
      expect(await page.title()).toMatch(/ · Foxden$/);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toMatch(/^(INPUT|H1|BUTTON)$/);
      await page.close();
    });
  }

  it('is among the scenes, where docs/accessibility.md says how it reads (UPDATE_DOCS=1 writes that)', () => {
    const written = [...writtenReadings().keys()];
    expect(written.length).toBeGreaterThan(5);
    expect(scenes.map(({ name }) => name)).toEqual(expect.arrayContaining(written));
  });

  it('finds what is wrong: a field without a label, and pale text', async () => {
    const page = await stage.visit();
    await page.setContent(
      '<html lang="en"><title>x</title><main><h1>x</h1><input><p style="color:#ddd">pale</p></main>',
    );
    await page.evaluate(axe);
    const found = (await violations(page)).map((line) => line.split(':')[0]);
    expect(found).toContain('label');
    expect(found).toContain('color-contrast');
  });
});

describe.skipIf(withoutChromium)('where the page cannot go on', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('says that it needs JavaScript', async () => {
    const page = await stage.visit({ javaScriptEnabled: false });
    await page.goto(stage.url);
    expect(await page.textContent('h1')).toBe('This page needs JavaScript');
  });

  it('offers to load a part again that could not be loaded', async () => {
    const page = await stage.visit();
    await page.goto(stage.url);
    await page.fill('[name=email]', 'nobody@example.org');
    await page.route('**/assets/page-*.js', (route) => route.abort());
    await page.click('button[type=submit]');
    await page.locator('h1', { hasText: 'could not be loaded' }).waitFor();
    await page.unroute('**/assets/page-*.js');
    await page.click('button[type=submit]');
    await page.waitForSelector('[name=passwordConfirm]');
  });
});
