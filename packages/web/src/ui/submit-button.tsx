interface SubmitButtonProps {
  readonly label: string;
  /** What it says while the work goes on. Both stand in the same place, so that the button keeps its size. */
  readonly busyLabel: string;
  readonly busy: boolean;
  /** The page does not want it to be done. */
  readonly calm?: boolean;
}

/** The main action. It is never disabled: that would take the focus away and say nothing. */
export function SubmitButton({ label, busyLabel, busy, calm = false }: SubmitButtonProps) {
  return (
    <button type="submit" class={calm ? 'main-action calm' : 'main-action'} aria-disabled={busy}>
      <span class="label" aria-hidden={busy}>
        {label}
      </span>
      <span class="busy-label" aria-hidden={!busy}>
        <span class="spinner" />
        {busyLabel}
      </span>
    </button>
  );
}
