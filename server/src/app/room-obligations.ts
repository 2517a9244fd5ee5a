/** Obligations put into this room: which rules ask for them, who is told, and who agrees to a waiver. */
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Approvals } from '../mechanisms/approvals/index.ts';
import { questions as people, type Identity } from '../mechanisms/identity/index.ts';
import type { Ledger, LedgerQuestions } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import { createObligations, findingNoticeKindName, noticeKindName, waiverKindName, whenText, type Obligations, type Place } from '../mechanisms/obligations/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { createDiskBlobs } from '../platform/blobs/disk-blobs.ts';
import type { Database, Db } from '../platform/postgres/db.ts';

export interface ObligationParts {
  config: Config;
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  identity: Pick<Identity, 'gate'>;
  parameters: Pick<Parameters, 'rules'>;
  approvals: Pick<Approvals, 'submit'>;
  notifications: Pick<Notifications, 'notices'>;
  head: LedgerQuestions['head'];
}

const places = async (db: Db): Promise<Place[]> => {
  const place = await people.place(db);
  if (place === null) return [];
  const { site, room } = place;
  return [{ siteId: site.siteId, roomId: room.roomId, siteName: site.name, roomName: room.name, timeZone: site.timeZone }];
};

export const createRoomObligations = ({ config, database, ledger, clock, log, identity, parameters, approvals, notifications, head }: ObligationParts): Obligations =>
  createObligations({
    database, ledger, clock, log, places,
    blobs: createDiskBlobs(join(config.dataFolder, 'evidence-photos'), () => newId('tmp', clock)),
    rules: (db, place, at) => parameters.rules(db, place, at),
    tell: async (tx, { what, obligation, roles, at }) => {
      const [place] = await places(tx);
      const concerns = obligation.subject === '' ? '' : ` · ${obligation.subject}`;
      const until = whenText(what === 'overdue' ? obligation.graceUntil : obligation.until, place?.timeZone ?? 'UTC');
      const body = { zh: `${obligation.title.zh}${concerns}`, en: `${obligation.title.en}${concerns}`, until };
      await notifications.notices.send(tx, { kind: noticeKindName(what), siteId: obligation.siteId, roomId: obligation.roomId, subject: obligation.obligationId, body, to: { roles }, at });
    },
    tellFinding: async (tx, { what, finding, obligation, ownerId, roles, dueAt, at }) => {
      const [place] = await places(tx);
      const body = { ...finding.what, task: obligation.title, due: whenText(dueAt, place?.timeZone ?? 'UTC') };
      const to = { roles, personIds: ownerId === null ? [] : [ownerId] };
      await notifications.notices.send(tx, { kind: findingNoticeKindName(what), siteId: obligation.siteId, roomId: obligation.roomId, subject: finding.findingId, body, to, at });
    },
    peopleWith: (db, place, roles, at) => people.peopleWithRoles(db, place, roles, at),
    askWaiver: (tx, { caller, ...asked }) => approvals.submit(tx, { kind: waiverKindName, applicant: caller, ...asked }),
    deny: (caller, what, reason) => identity.gate.deny(caller, what, reason),
    ledgerHead: async (db, siteId) => {
      const newest = await head(db, siteId);
      return newest === null ? null : { size: newest.size, root: Buffer.from(newest.root).toString('hex') };
    },
  });
