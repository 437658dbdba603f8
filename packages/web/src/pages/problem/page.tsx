import type { Problem } from '../../flow/problem.js';
import { resource as english } from '../../messages/en/problem.ftl';
import { useText } from '../../messages/use-text.js';
import { useSite } from '../../site.js';
import { Card } from '../../ui/card.js';
import { OnlyAction } from '../../ui/only-action.js';

export const messages = { name: 'problem', english };

/** What loading the page again may mend. */
const MENDABLE: readonly Problem['kind'][] = ['storage', 'unreachable', 'server'];

/** An address that is none of ours. */
export function Page() {
  return <ProblemPage problem={{ kind: 'not-found' }} />;
}

/** Why it cannot go on, and the way back. */
export function ProblemPage({ problem }: { readonly problem: Problem }) {
  const text = useText();
  const { navigation, config } = useSite();
  const { kind } = problem;
  const { kind: _, ...details } = problem;
  const args = { site: config.siteName, ...details };
  return (
    <Card heading={text(`problem-${kind}-heading`, args)} lead={text(`problem-${kind}-text`, args)} failed focusHeading>
      {MENDABLE.includes(kind) ? (
        <OnlyAction label={text('try-again')} onSubmit={navigation.reload} />
      ) : (
        kind !== 'cryptography' && (
          <OnlyAction
            label={text('problem-action-start')}
            onSubmit={() => navigation.leave(navigation.href('/', ''))}
          />
        )
      )}
    </Card>
  );
}
