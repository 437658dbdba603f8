import { useText } from '../messages/use-text.js';

/** An empty card that shows, after a moment, that work goes on. */
export function Loading() {
  const text = useText();
  return (
    <div class="card waiting">
      <p role="status" class="loading">
        <span class="spinner" />
        {text('loading')}
      </p>
    </div>
  );
}
