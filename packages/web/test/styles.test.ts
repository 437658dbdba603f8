import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../src/styles/theme.css', import.meta.url), 'utf8');
const [lightText = '', darkText = ''] = css.split('@media (prefers-color-scheme: dark)');

const colors = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]));

const light = colors(lightText);
const dark = { ...light, ...colors(darkText) };

/** Relative luminance and contrast: WCAG 2.2, definitions. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/g, '$&$&') : hex;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((index) => Number.parseInt(digits.slice(index, index + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('%s colours', (_, theme) => {
  const of = (name: string): string => theme[name] ?? 'missing';

  it.each([
    ['text', 'surface'],
    ['text', 'ground'],
    ['text', 'quiet-ground'],
    ['text-quiet', 'surface'],
    ['text-quiet', 'ground'],
    ['link', 'surface'],
    ['error', 'surface'],
    ['text', 'error-ground'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
  ])('let %s be read on %s', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['line-field', 'surface'],
    ['accent', 'surface'],
    ['accent', 'ground'],
    ['fox', 'surface'],
  ])('let %s be seen on %s', (shape, ground) => {
    expect(contrast(of(shape), of(ground))).toBeGreaterThanOrEqual(3);
  });
});

it('the measure is right: black on white is 21, and grey #777 on white just misses 4.5', () => {
  expect(contrast('#000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777', '#fff')).toBeCloseTo(4.48, 2);
});

it('every length and position follows the direction of writing', () => {
  const sheets = ['theme', 'frame', 'form'].map((name) =>
    readFileSync(new URL(`../src/styles/${name}.css`, import.meta.url), 'utf8'),
  );
  const physical = /^\s*(?:min-|max-|margin-|padding-|border-)?(?:left|right|top|bottom|width|height)(?:-\w+)?:.*$/gm;
  expect('  margin-left: 1px;\n  border-top-color: red;'.match(physical)).toHaveLength(2);
  // The border of the tick is drawn and turned as a picture, which has no direction.
  expect(sheets.join('').match(physical)).toEqual(['  border-width: 0 2.5px 2.5px 0;']);
});
