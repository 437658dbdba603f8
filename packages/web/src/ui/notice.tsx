import type { Message } from '../messages/message.js';
import { useText } from '../messages/use-text.js';

interface NoticeProps {
  readonly message: Message | undefined;
  readonly kind: 'error' | 'news';
}

/** Something that concerns the whole page, told at once. */
export function Notice({ message, kind }: NoticeProps) {
  const text = useText();
  return (
    <div role={kind === 'error' ? 'alert' : 'status'}>
      {message !== undefined && <p class={`notice ${kind}`}>{text.of(message)}</p>}
    </div>
  );
}
