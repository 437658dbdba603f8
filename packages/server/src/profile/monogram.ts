/** Colour of the disc; Firefox recolours what names it `context-fill` (oauth-devices §5). */
const GREY = '#B2B2B4';

/**
 * The picture of people who have set none: a disc with a letter cut out, as SVG.
 * @param letter one of `[A-Za-z0-9]`; anything else is drawn as a question mark
 */
export function monogram(letter: string, options: { readonly forFirefox: boolean }): string {
  const shown = /^[A-Za-z0-9]$/.test(letter) ? letter.toUpperCase() : '?';
  const fill = options.forFirefox
    ? `fill="context-fill ${GREY}" fill-opacity="context-fill-opacity"`
    : `fill="${GREY}" fill-opacity="0.7"`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">',
    '<mask id="letter"><rect width="100" height="100" fill="#fff"/>',
    '<text x="50" y="52" font-family="sans-serif" font-size="56" text-anchor="middle" dominant-baseline="central">',
    `${shown}</text></mask>`,
    `<circle cx="50" cy="50" r="50" mask="url(#letter)" ${fill}/>`,
    '</svg>',
  ].join('');
}
