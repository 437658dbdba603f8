import { useText } from '../messages/use-text.js';
import type { RemoteWords } from './describe-remote.js';

interface RemoteFactsProps {
  readonly remote: RemoteWords;
  /** What its person calls it. */
  readonly name?: string | undefined;
}

/** Who is on the other side, for people to compare with what they hold in their hands. */
export function RemoteFacts({ remote: { device, place, address }, name }: RemoteFactsProps) {
  const text = useText();
  const facts = [
    ['name', name],
    ['device', text.of(device)],
    ['place', place],
    ['address', address],
  ] as const;
  return (
    <dl class="facts">
      {facts.map(
        ([fact, value]) =>
          value !== undefined && (
            <div key={fact}>
              <dt>{text(`pair-fact-${fact}`)}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
