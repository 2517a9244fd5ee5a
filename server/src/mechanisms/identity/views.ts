/** Wide reads for the screens of identity. */
import type { z } from 'zod';
import type { roomState, SessionView } from '../../../../contract/identity.ts';
import type { Caller } from './caller.ts';
import { rulesNow, type IdentityContext } from './context.ts';
import { callerOf } from './gate.ts';
import { findPerson, findPlace } from './people-store.ts';
import { identityRefusals } from './refusals.ts';
import { hashOfToken } from './session-token.ts';
import { findSession } from './session-store.ts';
import { titlesOfSite } from './title-store.ts';

export const viewRoomState = async (context: IdentityContext): Promise<z.input<(typeof roomState)['response']>> => {
  const place = await findPlace(context.database.db);
  if (place === null) return { state: 'new', demonstration: false, language: 'zh-CN', demonstrationPossible: context.demonstrationPossible };
  return { state: 'ready', demonstration: place.demonstration, language: place.language, demonstrationPossible: false };
};

export const viewSession = async (context: IdentityContext, caller: Caller): Promise<SessionView> => {
  const now = context.clock.now();
  const person = await findPerson(context.database.db, caller.personId, now);
  const place = await findPlace(context.database.db);
  if (person === null || place === null) throw identityRefusals('not_signed_in');
  return { person, site: place.site, room: place.room, demonstration: place.demonstration, can: caller.canAll(), restriction: caller.restriction, post: caller.post, titles: await titlesOfSite(context.database.db, caller.siteId), signedInAt: caller.signedInAt, serverNow: now };
};

/** The view for a token that was made a moment ago. */
export const viewNewSession = async (context: IdentityContext, token: string): Promise<SessionView> => {
  const session = await findSession(context.database.db, hashOfToken(token), context.clock.now());
  if (session === null) throw identityRefusals('not_signed_in');
  return viewSession(context, callerOf(session, context, await rulesNow(context, context.database.db, session)));
};

/** The view of a session whose standing has just changed: read anew. */
export const viewOwnSession = (context: IdentityContext, token: string | undefined): Promise<SessionView> => {
  if (token === undefined) throw identityRefusals('not_signed_in');
  return viewNewSession(context, token);
};
