import { ERRORS } from './errors.js';
import { STATE_NAMES } from './states.js';
import { type Transition, transitions } from './table.js';

/**
 * The machine as a Mermaid state diagram. Errors are drawn as one arrow to each state that some lead to; `cancel`, which
 * ends every state, is left out.
 */
export function diagram(): string {
  const arrows = new Map<string, Set<string>>();
  for (const transition of transitions()) {
    if (transition.trigger === 'cancel') continue;
    const arrow = `${transition.from} --> ${transition.to === 'End' ? '[*]' : transition.to}`;
    arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(label(transition)));
  }
  const lines = [...arrows].map(([arrow, labels]) => `  ${arrow}: ${[...labels].join(', ')}`);
  return ['stateDiagram-v2', `  [*] --> ${STATE_NAMES[0]}`, ...lines, ''].join('\n');
}

function label({ trigger, only }: Transition): string {
  if (trigger in ERRORS) return 'error';
  return only === undefined ? trigger : `${trigger} (${only})`;
}
