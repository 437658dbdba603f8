import { useText } from '../messages/use-text.js';

/** It is for the other device now; or for this one, to end it. */
export function Waiting({ onCancel }: { readonly onCancel: () => void }) {
  const text = useText();
  return (
    <div class="waiting-here">
      <p role="status" class="loading">
        <span class="spinner" />
        {text('pair-waiting')}
      </p>
      <button type="button" class="second-action" onClick={onCancel}>
        {text('pair-cancel')}
      </button>
    </div>
  );
}
