import type { Plugin } from 'vite';

/** What a page uses of an endpoint's definition, and of an error's; the rest is for servers and documentation. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  endpoint: ['method', 'path', 'family'],
  errorTable: ['errno', 'status'],
};

/** What schemas are made of. When they are left out nobody uses it, but other chunks would keep it in the first script. */
const SCHEMAS = /[\\/](?:fields|schema)\.js$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/**
 * Leaves out of the pages what they download for nothing: the schemas of the protocol's endpoints and the texts of its
 * errors. Only the arguments of `endpoint(…)` and `errorTable(…)` in `@foxden/protocol` are touched.
 */
export function slimProtocol(): Plugin {
  return {
    name: 'foxden:slim-protocol',
    apply: 'build',
    transform: {
      filter: { id: /[\\/]protocol[\\/]dist[\\/](?:endpoints|errors)[\\/]/ },
      handler(code, id) {
        if (SCHEMAS.test(id)) return { code: hollow(code), map: null };
        const unused = [...findUnused(this.parse(code) as unknown as Node)];
        if (unused.length === 0) return null;
        const slim = unused.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), code);
        return { code: slim, map: null };
      },
    },
  };
}

/** The members to leave out, each with the comma that follows it, in the order of the text. */
function* findUnused(node: Node): Generator<{ start: number; end: number }> {
  const kept = KEPT[calleeOf(node)];
  for (const child of childrenOf(node)) {
    if (kept !== undefined && child.type === 'ObjectExpression') yield* unusedMembers(child, kept);
    else yield* findUnused(child);
  }
}

function* unusedMembers(object: Node, kept: readonly string[]): Generator<{ start: number; end: number }> {
  const members = object['properties'] as readonly Node[];
  for (const [index, member] of members.entries()) {
    const value = member['value'] as Node | undefined;
    // The entries of an error table are objects of their own.
    if (value?.type === 'ObjectExpression' && !isName(member, kept)) {
      yield* unusedMembers(value, kept);
      continue;
    }
    if (isName(member, kept)) continue;
    yield { start: member.start, end: members[index + 1]?.start ?? object.end - 1 };
  }
}

/** The same names, for whoever imports them, with nothing behind them. */
function hollow(code: string): string {
  const names = (kind: string) =>
    [...code.matchAll(new RegExp(`^export ${kind} (\\w+)`, 'gm'))].map(([, name]) => name);
  return [
    ...names('const').map((name) => `export const ${name} = undefined;`),
    ...names('function').map((name) => `export const ${name} = () => undefined;`),
  ].join('\n');
}

function calleeOf(node: Node): string {
  const name = node.type === 'CallExpression' ? (node['callee'] as Node)['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

const isName = (member: Node, names: readonly string[]): boolean =>
  names.includes(String((member['key'] as Node | undefined)?.['name']));

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => {
      return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
    });
}
