/** Our mark: the arch of a den, and the ears of who lives there. The same drawing is the icon in `den-mark.svg`. */
export function DenMark() {
  return (
    <svg class="den-mark" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
      <path class="den-arch" d="M4 44V24a20 20 0 0 1 40 0v20H35V24a11 11 0 0 0-22 0v20z" />
      <path class="den-fox" d="M17 44V27l5 4.5h4l5-4.5v17z" />
    </svg>
  );
}
