interface SubmitButtonProps {
  readonly label: string;
  /** What it says while the work goes on. Both stand in the same place, so that the button keeps its size. */
  readonly busyLabel: string;
  readonly busy: boolean;
}

/** The main action. It is never disabled: that would take the focus away and say nothing. */
export function SubmitButton({ label, busyLabel, busy }: SubmitButtonProps) {
  return (
    <button type="submit" class="main-action" aria-disabled={busy}>
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
