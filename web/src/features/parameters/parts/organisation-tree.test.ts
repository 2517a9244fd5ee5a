import { expect, test } from 'vitest';
import { inOrder } from './organisation-tree.ts';

const unit = (nodeId: string, parentId: string | null) => ({ nodeId, parentId });
const shape = (nodes: readonly { nodeId: string; parentId: string | null }[]) => inOrder(nodes).map(({ node, depth }) => `${depth} ${node.nodeId}`);

test('children stand under their parent, however they were written', () => {
  expect(shape([unit('gate', 'west'), unit('hq', null), unit('west', 'hq'), unit('east', 'hq')])).toEqual(['0 hq', '1 west', '2 gate', '1 east']);
});

test('a unit that hangs under itself or under nobody is shown once and not lost', () => {
  expect(shape([unit('a', 'b'), unit('b', 'a'), unit('c', 'gone')])).toEqual(['0 c', '0 a', '1 b']);
});

test('a unit cannot be hung under what hangs under it', () => {
  const [hq] = inOrder([unit('hq', null), unit('west', 'hq'), unit('gate', 'west')]);
  expect([...(hq?.below ?? [])]).toEqual(['west', 'gate']);
});
