import { STATE_NAMES } from './states.js';
import { type Transition, transitions } from './table.js';

/** The machine as a Mermaid state diagram; `cancel`, which ends every state, is left out. */
export function diagram(): string {
  const arrows = new Map<string, string[]>();
  for (const transition of transitions()) {
    if (transition.trigger === 'cancel') continue;
    const arrow = `${transition.from} --> ${transition.to === 'End' ? '[*]' : transition.to}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), label(transition)]);
  }
  const lines = [...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join(', ')}`);
  return ['stateDiagram-v2', `  [*] --> ${STATE_NAMES[0]}`, ...lines, ''].join('\n');
}

function label({ trigger, only }: Transition): string {
  return only === undefined ? trigger : `${trigger} (${only})`;
}
