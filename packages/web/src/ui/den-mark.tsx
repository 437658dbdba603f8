/** Our mark: the arch of a den, and who looks out of it. The icon in `den-mark.svg` is the same drawing. */
export function DenMark() {
  return (
    <svg class="den-mark" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" focusable="false">
      <path class="den-arch" d="M3 42V24a21 21 0 0 1 42 0v18a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3z" />
      <path class="den-face" d="M12.5 17.5V33L24 42l11.5-9V17.5l-6.700 7h-9.600z" />
      <path class="den-nose" d="m21 39.65 3 2.35 3-2.35-1.2-2.15h-3.600z" />
    </svg>
  );
}
