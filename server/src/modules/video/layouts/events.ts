/** Facts of the wall. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';

const text = z.string();
const layout = { layoutId: text, name: text, post: text };

export const layoutKept = declareEvent({
  kind: 'video.wall_layout_kept', personal: [],
  body: z.object({ ...layout, shape: z.int(), cameras: z.array(text), pinned: z.int(), tourSeconds: z.int().nullable(), guest: z.boolean() }),
  sentence: { zh: '保存画面布局“{name}”（{shape} 画面）', en: 'Layout "{name}" of the wall saved ({shape} pictures)' },
});
export const layoutRemoved = declareEvent({
  kind: 'video.wall_layout_removed', personal: [], body: z.object(layout), sentence: { zh: '删除画面布局“{name}”', en: 'Layout "{name}" of the wall removed' },
});
export const wallCovered = declareEvent({
  kind: 'video.wall_covered', personal: [], body: z.object({ coverId: text, from: z.int(), shown: z.array(text), count: z.int() }),
  sentence: { zh: '有外来人员，遮住画面（保留 {count} 路）', en: 'Outsiders present: wall covered ({count} pictures remain)' },
});
export const wallShown = declareEvent({
  kind: 'video.wall_shown', personal: [], body: z.object({ coverId: text, from: z.int(), until: z.int() }), sentence: { zh: '恢复画面', en: 'Wall shown again' },
});

export const wallEvents = [layoutKept, layoutRemoved, wallCovered, wallShown];
