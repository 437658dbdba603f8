import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../messages/use-text.js';
import { useSite } from '../site.js';

interface CardProps {
  /** The one question of the page; it is also the title of the document. */
  readonly heading: string;
  readonly lead?: string | undefined;
  /** There is an error on the page, which the title says first. */
  readonly failed?: boolean | undefined;
  /** The page has no field to begin with, so reading begins at its heading. */
  readonly focusHeading?: boolean | undefined;
  readonly children?: ComponentChildren;
}

/** One card, one question. */
export function Card({ heading, lead, failed = false, focusHeading = false, children }: CardProps) {
  const text = useText();
  const { siteName } = useSite().config;
  const ref = useRef<HTMLHeadingElement>(null);
  // A title has no room for the marks that keep directions of writing apart.
  const title = text(failed ? 'title-failed' : 'title', { heading, site: siteName }).replace(/[\u2068\u2069]/g, '');
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (focusHeading) ref.current?.focus();
  }, [focusHeading]);
  useEffect(() => {
    // What had the focus may have gone with the change that it made: whoever has no pointer goes on from the heading.
    if (document.activeElement === document.body) ref.current?.focus();
  });
  return (
    <div class="card">
      <h1 ref={ref} tabIndex={-1}>
        {heading}
      </h1>
      {lead !== undefined && <p class="lead">{lead}</p>}
      {children}
    </div>
  );
}
