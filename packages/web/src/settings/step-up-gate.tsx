import type { ComponentChildren } from 'preact';
import { useLater } from '../ui/use-later.js';
import { useStore } from '../ui/use-store.js';
import type { StepUp } from './step-up.js';

const loadQuestion = () => import('./step-up-question.js');

/** The question for mailed digits, in place of the page whose change waits for them. */
export function StepUpGate({ stepUp, children }: { readonly stepUp: StepUp; readonly children: ComponentChildren }) {
  const { asking } = useStore(stepUp.state);
  const question = useLater(loadQuestion, asking);
  if (!asking || question === undefined) return <>{children}</>;
  return <question.StepUpQuestion stepUp={stepUp} />;
}
