import { useState } from 'preact/hooks';
import { useText } from '../messages/use-text.js';
import { saveText } from './save-text.js';

/** The ways to keep something that is shown once: copy it, print the page, save a file. */
export function KeepSecret({ content, fileName }: { readonly content: string; readonly fileName: string }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(content).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <>
      <div class="actions">
        <button type="button" class="second-action" onClick={copy}>
          {text('keep-copy')}
        </button>
        <button type="button" class="second-action" onClick={() => window.print()}>
          {text('keep-print')}
        </button>
        <button type="button" class="second-action" onClick={() => saveText(document, fileName, content)}>
          {text('keep-download')}
        </button>
      </div>
      <p class="hint" role="status">
        {copied && text('keep-copied')}
      </p>
    </>
  );
}
