import { useSite } from '../site.js';

interface QuietLinkProps {
  readonly label: string;
  /** A path of ours; the query of the flow comes along. */
  readonly to: string;
  readonly onFollow: () => void;
}

/** A secondary way: a real link, followed without loading the document again. */
export function QuietLink({ label, to, onFollow }: QuietLinkProps) {
  const { navigation } = useSite();
  return (
    <a
      class="quiet"
      href={navigation.href(to)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onFollow();
      }}
    >
      {label}
    </a>
  );
}
