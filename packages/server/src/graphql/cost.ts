import { type DocumentNode, Kind, OperationTypeNode, type SelectionSetNode } from 'graphql';

/**
 * What a field counts: one of the reads and writes that operations are, or just a value of an answer. Repeating a field
 * under other names, or under the same one, counts each time.
 */
const COSTS = { mutation: 50, query: 10, object: 10, value: 1 } as const;

/** How much a document asks for. Infinite where fragments contain themselves. */
export interface Measure {
  readonly cost: number;
  readonly depth: number;
}

const NOTHING: Measure = { cost: 0, depth: 0 };
const ENDLESS: Measure = { cost: Number.POSITIVE_INFINITY, depth: Number.POSITIVE_INFINITY };

type Place = 'mutation' | 'query' | 'inside';

/** Measures a document that nobody has validated yet; each fragment is looked at once for each place it can stand in. */
export function measure(document: DocumentNode): Measure {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  const known = new Map<string, Measure>();

  function measureFragment(name: string, place: Place): Measure {
    const key = `${place} ${name}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    // Whoever comes by again while this is being looked at is inside it.
    known.set(key, ENDLESS);
    const selections = fragments.get(name);
    const measured = selections === undefined ? NOTHING : measureSelections(selections, place);
    known.set(key, measured);
    return measured;
  }

  function measureSelections({ selections }: SelectionSetNode, place: Place): Measure {
    let cost = 0;
    let depth = 0;
    for (const selection of selections) {
      const part =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value, place)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? measureSelections(selection.selectionSet, place)
            : measureField(selection.selectionSet, place);
      cost += part.cost;
      depth = Math.max(depth, part.depth);
    }
    return { cost, depth };
  }

  function measureField(selections: SelectionSetNode | undefined, place: Place): Measure {
    const inner = selections === undefined ? NOTHING : measureSelections(selections, 'inside');
    const own = place === 'inside' ? (selections === undefined ? COSTS.value : COSTS.object) : COSTS[place];
    return { cost: own + inner.cost, depth: 1 + inner.depth };
  }

  let [cost, depth] = [0, 0];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const place = definition.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query';
    const measured = measureSelections(definition.selectionSet, place);
    cost += measured.cost;
    depth = Math.max(depth, measured.depth);
  }
  return { cost, depth };
}
