/** From the watermark on a picture of a screen to the person, the time and the entries of the ledger. The trace itself is recorded. */
import type { traceWatermark } from '../../../../contract/audit.ts';
import type { z } from 'zod';
import { hourMs } from '../../base/units.ts';
import { actorOf, type Caller } from '../../mechanisms/identity/index.ts';
import type { ToldFact } from '../../mechanisms/ledger/index.ts';
import type { AuditContext } from './context.ts';
import { watermarkLeads } from './controls.ts';
import { watermarkTraced } from './events.ts';
import { auditRefusals } from './refusals.ts';
import { viewOf } from './search.ts';
import { instantOf, longestWatchMs, momentIn, personIn, spanOf } from './watermark.ts';

const watching = ['video.watch_began', 'video.playback_opened', 'video.footage_watched', 'video.snapshot_taken', 'video.snapshot_seen'];
const ending = ['video.watch_ended'];
const mostFacts = 500;
/** A playback stays on the screen after it was opened. */
const longestPlaybackMs = 8 * hourMs;

const watchedId = (fact: ToldFact): unknown => fact.body['watchedId'];

export const traceText = async (context: AuditContext, caller: Caller, body: z.output<typeof traceWatermark.body>): Promise<z.input<typeof traceWatermark.response>> => {
  const { db } = context.database;
  const { siteId, roomId } = caller;
  const now = context.clock.now();
  const moment = momentIn(body.text);
  const at = moment === null ? null : instantOf(moment, await context.timeZone(db), now);
  if (at === null) throw auditRefusals('watermark_unreadable', { text: body.text });
  const person = personIn(body.text, await context.people(db));
  if (person === null) throw auditRefusals('watermark_unknown', { text: body.text });

  const span = spanOf(at);
  const mine = { siteId, actorId: person.personId, ...(body.cameraId === undefined ? {} : { subject: body.cameraId }), limit: mostFacts };
  const began = await context.questions.facts(db, { ...mine, kinds: watching, from: at - longestWatchMs, until: span.until });
  const ended = await context.questions.facts(db, { ...mine, kinds: ending, from: at - longestWatchMs, until: span.from });
  const over = new Set(ended.map(watchedId));
  // A wall that was begun hours before still stood on the screen, unless it had ended by then; other acts count by their own time.
  const onScreen = watermarkLeads.find(() => began.filter((fact) => (fact.kind === 'video.watch_began' ? !over.has(watchedId(fact)) : fact.at >= span.from - longestPlaybackMs)));
  const found = { watermark: body.text, personId: person.personId, cameraId: body.cameraId ?? null, found: onScreen.length };
  await context.database.transaction((tx) => context.ledger.append(tx, { event: watermarkTraced, siteId, roomId, actor: actorOf(caller), subject: person.personId, body: found, at: now }));
  const names = new Map([[person.personId, person.name]]);
  return { person, at, acts: onScreen.map((fact) => viewOf(fact, names)) };
};
