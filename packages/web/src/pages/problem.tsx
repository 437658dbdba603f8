import type { Problem } from '../flow/problem.js';
import { useText } from '../messages/use-text.js';
import { useSite } from '../site.js';
import { Card } from '../ui/card.js';
import { Form } from '../ui/form.js';
import { SubmitButton } from '../ui/submit-button.js';

/** What loading the page again may mend. */
const MENDABLE: readonly string[] = ['storage', 'unreachable', 'server', 'outdated'] satisfies Problem['kind'][];

/** Why it cannot go on, and the way back. */
export function ProblemPage({ problem }: { readonly problem: Problem | { readonly kind: 'not-found' } }) {
  const text = useText();
  const { navigation, config } = useSite();
  const { kind } = problem;
  const args = {
    site: config.siteName,
    ...('code' in problem && { code: problem.code, application: problem.application }),
  };
  const retry = MENDABLE.includes(kind);
  const label = text(retry ? 'problem-action-retry' : 'problem-action-start');
  return (
    <Card heading={text(`problem-${kind}-heading`, args)} lead={text(`problem-${kind}-text`, args)} failed focusHeading>
      {kind !== 'cryptography' && (
        <Form busy={false} onSubmit={retry ? navigation.reload : () => navigation.leave(navigation.href('/', ''))}>
          <SubmitButton label={label} busyLabel={label} busy={false} />
        </Form>
      )}
    </Card>
  );
}
