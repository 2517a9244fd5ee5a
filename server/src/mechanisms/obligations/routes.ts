/** Schema, command or view, presenter. */
import * as contract from '../../../../contract/obligations.ts';
import { BlobAltered } from '../../platform/blobs/disk-blobs.ts';
import type { Bytes, Route } from '../../platform/http/route.ts';
import { actorOf, guarded, type Caller } from '../identity/index.ts';
import { begin } from './commands/begin.ts';
import { chargeByPerson } from './commands/charge-finding.ts';
import { changeDayOf } from './commands/change-day.ts';
import { closeFindingOf } from './commands/close-finding.ts';
import { keepPhotoOf } from './commands/keep-photo.ts';
import { openByPerson } from './commands/open.ts';
import { review } from './commands/review.ts';
import { submit } from './commands/submit.ts';
import { askForWaiver } from './commands/waive.ts';
import type { ObligationsContext } from './context.ts';
import { registerRead } from './events.ts';
import { obligationRefusals as refuse } from './refusals.ts';
import { registerCsv, registerLines } from './register.ts';
import { specialDays } from './store.ts';
import { placeOf } from './place.ts';
import { listObligations, photoOf, viewCalendar, viewNow, viewOne } from './views.ts';
import { viewFindings, viewOwners } from './finding-views.ts';

const photoBody = { bodyLimitBytes: 12 * 1024 * 1024 };

const pictureOf = async (context: ObligationsContext, caller: Caller, obligationId: string, sha256: string): Promise<Bytes> => {
  const photo = await photoOf(context, caller, obligationId, sha256);
  if (photo === null) throw refuse('photo_unknown');
  const bytes = await context.blobs.get(sha256).catch((error: unknown) => {
    if (!(error instanceof BlobAltered)) throw error;
    return null;
  });
  if (bytes === null) {
    context.log.error('a photo of a form is gone or altered', { obligationId, sha256 });
    throw refuse('photo_lost');
  }
  return { contentType: photo.contentType, body: bytes, headers: { 'x-content-sha256': sha256 } };
};

const noteReading = (context: ObligationsContext, caller: Caller, read: { from: number; until: number; kind?: string | undefined; lines: number; how: 'screen' | 'file' }): Promise<unknown> => {
  const { siteId, roomId } = caller;
  const body = { from: read.from, until: read.until, kind: read.kind ?? null, lines: read.lines, how: read.how };
  return context.database.transaction((tx) => context.ledger.append(tx, { event: registerRead, siteId, roomId, actor: actorOf(caller), subject: roomId, body, at: context.clock.now() }));
};

const reading = (context: ObligationsContext): Route<Caller>[] => {
  const { db } = context.database;
  return [
    guarded(contract.listObligations, 'obligations.see', async ({ query }, caller) => listObligations(context, caller, query)),
    guarded(contract.obligationsNow, 'obligations.see', async (_call, caller) => viewNow(context, caller)),
    guarded(contract.obligationCalendar, 'obligations.see', async ({ query }, caller) => viewCalendar(context, caller, query.month)),
    guarded(contract.listFindings, 'obligations.see', async ({ query }, caller) => ({
      findings: await viewFindings(context, caller, query.open === undefined ? null : query.open === 'true'), people: await viewOwners(context, caller),
    })),
    guarded(contract.listDays, 'obligations.see', async ({ query }, caller) => {
      const days = await specialDays(db, caller.siteId, `${query.year}-01-01`, `${query.year + 1}-01-01`);
      return { days: [...days].map(([day, said]) => ({ day, ...said })), can: { change: caller.can('obligations.days.change') } };
    }),
    guarded(contract.register, 'obligations.register.read', async ({ query }, caller) => {
      const [place, { lines, more }, head] = [await placeOf(context, db, caller.roomId), await registerLines(context, caller, query), await context.ledgerHead(db, caller.siteId)];
      await noteReading(context, caller, { ...query, lines: lines.length, how: 'screen' });
      return { site: place.siteName, room: place.roomName, lines, more, head };
    }),
    guarded(contract.registerFile, 'obligations.register.read', async ({ query }, caller) => {
      const [place, { lines }] = [await placeOf(context, db, caller.roomId), await registerLines(context, caller, query)];
      await noteReading(context, caller, { ...query, lines: lines.length, how: 'file' });
      const body = registerCsv(lines, place.timeZone, query.language ?? (caller.language === 'en' ? 'en' : 'zh'));
      return { contentType: 'text/csv; charset=utf-8', body, headers: { 'content-disposition': 'attachment; filename="inspection-register.csv"' } };
    }),
    guarded(contract.obligationPhoto, 'obligations.see', async ({ params }, caller) => pictureOf(context, caller, params.obligationId, params.sha256)),
    guarded(contract.oneObligation, 'obligations.see', async ({ params }, caller) => viewOne(context, caller, params.obligationId)),
  ];
};

const acting = (context: ObligationsContext): Route<Caller>[] => [
  guarded(contract.submitObligation, 'obligations.submit', async ({ params, body }, caller) => submit(context, caller, params.obligationId, body)),
  guarded(contract.keepPhoto, 'obligations.submit', async ({ params, body }, caller) => keepPhotoOf(context, caller, params.obligationId, body), photoBody),
  guarded(contract.openUnscheduled, 'obligations.submit', async ({ body }, caller) => ({ obligationId: await openByPerson(context, caller, body) })),
  guarded(contract.closeFinding, 'obligations.submit', async ({ params, body }, caller) => {
    await closeFindingOf(context, caller, params.findingId, body);
    return {};
  }),
  guarded(contract.chargeFinding, 'obligations.findings.charge', async ({ params, body }, caller) => {
    await chargeByPerson(context, caller, params.findingId, body);
    return {};
  }),
  guarded(contract.beginObligation, 'obligations.submit', async ({ params }, caller) => {
    await begin(context, caller, params.obligationId);
    return {};
  }),
  guarded(contract.reviewObligation, 'obligations.review', async ({ params, body }, caller) => {
    await review(context, caller, params.obligationId, body);
    return {};
  }),
  guarded(contract.waiveObligation, 'obligations.waive', async ({ params, body }, caller) => ({ approvalId: await askForWaiver(context, caller, params.obligationId, body.reason, body.orderId) })),
  guarded(contract.changeDay, 'obligations.days.change', async ({ params, body }, caller) => {
    await changeDayOf(context, caller, params.day, body);
    return {};
  }),
];

export const obligationRoutes = (context: ObligationsContext): Route<Caller>[] => [...reading(context), ...acting(context)];
