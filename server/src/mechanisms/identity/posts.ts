/** Taking and leaving a post, for the duty module: in its transaction. Leaving ends the sessions that only the post had kept open. */
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import type { Actor } from '../ledger/index.ts';
import { endSessions } from './commands/end-sessions.ts';
import type { IdentityContext } from './context.ts';
import { events } from './events.ts';
import { tellNotice } from './notices.ts';
import { givePost, insertPost, namesOf } from './people-store.ts';
import { findPost, holdersOf, leavePost, lockPost, postHeldBy, postsOf } from './post-store.ts';
import { identityRefusals } from './refusals.ts';
import { openSessionsOf } from './session-store.ts';

export interface PostAct {
  postId: string;
  personId: string;
  /** Who does it: the person, a reliever, a leader who forces it. */
  actor: Actor;
  at: Instant;
}

export interface Relief extends PostAct {
  /** Relieved against their will or in their absence. */
  forced?: boolean;
  /** In the words of who did it; empty: an ordinary relief. */
  reason?: string;
  /** Ends the person's sessions when they hold no other post; default true. */
  endSessions?: boolean;
}

export interface Posts {
  /** A new post of a room. */
  add(tx: Tx, post: { roomId: string; name: string; at: Instant }): Promise<string>;
  of(db: Db, roomId: string): Promise<{ postId: string; name: string }[]>;
  /** Refused when the person holds it already; several people may hold one post. */
  take(tx: Tx, act: PostAct): Promise<void>;
  /** Relief accepted or forced; refused when the person does not hold it. */
  relieve(tx: Tx, relief: Relief): Promise<void>;
}

export const createPosts = (context: IdentityContext): Posts => {
  const aboutPost = async (tx: Tx, { postId, personId }: PostAct) => {
    await lockPost(tx, postId);
    const post = await findPost(tx, postId);
    if (post === null) throw identityRefusals('post_unknown');
    return { post, name: (await namesOf(tx, [personId])).get(personId) ?? '' };
  };
  return {
    add: async (tx, { roomId, name, at }) => {
      const postId = newId('post', context.clock);
      await insertPost(tx, { postId, roomId, name }, at);
      return postId;
    },
    of: postsOf,
    take: async (tx, act) => {
      const { post, name } = await aboutPost(tx, act);
      const { postId, personId, actor, at } = act;
      const held = (await holdersOf(tx, post.roomId, at)).some((holder) => holder.postId === postId && holder.personId === personId);
      if (held) throw identityRefusals('post_held', { post: post.name });
      await givePost(tx, postId, personId, actor.id, at);
      const { siteId, roomId } = post;
      await context.ledger.append(tx, { event: events.postTaken, siteId, roomId, actor, subject: personId, body: { postId, post: post.name, name }, at });
      await tellNotice(context.database, tx, { op: 'rights', personId });
    },
    relieve: async (tx, relief) => {
      const { post, name } = await aboutPost(tx, relief);
      const { postId, personId, actor, at, forced = false, reason = '' } = relief;
      if (!(await leavePost(tx, postId, personId, actor.id, at))) throw identityRefusals('post_not_held', { post: post.name });
      const { siteId, roomId } = post;
      await context.ledger.append(tx, { event: events.postLeft, siteId, roomId, actor, subject: personId, body: { postId, post: post.name, name, forced, reason }, at });
      if ((relief.endSessions ?? true) && (await postHeldBy(tx, personId, at)) === null) {
        const sessions = (await openSessionsOf(tx, personId)).map((sessionId) => ({ sessionId, personId }));
        await endSessions(context, tx, sessions, 'relieved', actor);
      }
      await tellNotice(context.database, tx, { op: 'rights', personId });
    },
  };
};
