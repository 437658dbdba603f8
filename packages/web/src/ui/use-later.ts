import { useEffect, useState } from 'preact/hooks';
import type { MessagePart } from '../messages/messages.js';
import { useSite } from '../site.js';

/** A part of a page that is a module of its own, with the texts that only it needs. */
interface LaterPart {
  readonly messages?: MessagePart | readonly MessagePart[];
}

/** A part of a page, loaded once it is wanted; undefined until it is there. Where it cannot be had, the page breaks. */
export function useLater<T extends LaterPart>(load: () => Promise<T>, wanted: boolean): T | undefined {
  const { messages } = useSite();
  const [part, setPart] = useState<T>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const fetchPart = async () => {
      const loaded = await load();
      await messages.add(loaded.messages ?? []);
      setPart(loaded);
    };
    if (wanted) fetchPart().catch(() => setFailed(true));
  }, [load, wanted, messages]);
  if (failed) throw new Error('a part of the page could not be loaded');
  return part;
}
