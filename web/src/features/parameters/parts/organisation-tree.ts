/** Units of an organisation in the order in which a tree shows them. Pure; a unit whose parent is gone, or that hangs under itself, still stands there. */
interface Unit {
  nodeId: string;
  parentId: string | null;
}

export interface Placed<N extends Unit> {
  node: N;
  depth: number;
  /** Everything under it: no place to hang it. */
  below: ReadonlySet<string>;
}

const under = (nodes: readonly Unit[], nodeId: string, seen: Set<string>): Set<string> => {
  for (const node of nodes) {
    if (node.parentId !== nodeId || seen.has(node.nodeId)) continue;
    seen.add(node.nodeId);
    under(nodes, node.nodeId, seen);
  }
  return seen;
};

export const inOrder = <N extends Unit>(nodes: readonly N[]): Placed<N>[] => {
  const shown = new Set<string>();
  const out: Placed<N>[] = [];
  const show = (node: N, depth: number): void => {
    if (shown.has(node.nodeId)) return;
    shown.add(node.nodeId);
    out.push({ node, depth, below: under(nodes, node.nodeId, new Set()) });
    for (const child of nodes) if (child.parentId === node.nodeId) show(child, depth + 1);
  };
  for (const node of nodes) if (node.parentId === null || !nodes.some(({ nodeId }) => nodeId === node.parentId)) show(node, 0);
  for (const node of nodes) show(node, 0);
  return out;
};
