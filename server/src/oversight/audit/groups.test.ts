/** Every kind of fact belongs to one sort of act. */
import { expect, test } from 'vitest';
import { groupOf } from './groups.ts';

test('acts are told apart by what people ask about', () => {
  expect(['video.watch_began', 'video.footage_watched', 'video.snapshot_taken'].map(groupOf)).toEqual(['watching', 'watching', 'watching']);
  expect(['identity.denied', 'identity.sign_in_failed'].map(groupOf)).toEqual(['refused', 'refused']);
  expect(['identity.signed_in', 'ledger.exported', 'audit.acts_read', 'video.gap_opened'].map(groupOf)).toEqual(['sign_in', 'handed_out', 'readings', 'system']);
});

test('a kind that nobody listed is a change and stays in sight', () => {
  expect(groupOf('somewhere.something_new')).toBe('changes');
});
