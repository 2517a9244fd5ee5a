/** Schema, act, presenter: marks and words to snapshots. */
import * as contract from '../../../../../contract/wall.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import type { MayPlay } from '../playback-right.ts';
import { annotateSnapshot, listBookmarks, makeBookmark, strikeBookmark } from './marks.ts';

export const markRoutes = (context: VideoContext, mayPlay: MayPlay) => [
  guarded(contract.makeBookmark, 'video.marks.make', async ({ body }, caller) => makeBookmark(context, mayPlay, caller, body)),
  guarded(contract.listBookmarks, 'video.marks.see', async ({ query }, caller) => ({ bookmarks: await listBookmarks(context, caller, query) })),
  guarded(contract.strikeBookmark, 'video.marks.make', async ({ params, body }, caller) => {
    await strikeBookmark(context, caller, params.bookmarkId, body.reason);
    return {};
  }),
  guarded(contract.annotateSnapshot, 'video.snapshot.annotate', async ({ params, body }, caller) => {
    await annotateSnapshot(context, caller, params.snapshotId, body.note);
    return {};
  }),
];
