/** The ledger over HTTP. It stands here because the ledger mechanism does not know people. */
import * as contract from '../../../contract/ledger.ts';
import { actorOf, declareVerbs, guarded, type Caller } from '../mechanisms/identity/index.ts';
import type { LedgerViews } from '../mechanisms/ledger/index.ts';
import type { Database } from '../platform/postgres/db.ts';
import type { Audit } from '../oversight/audit/index.ts';

const readers = ['auditor', 'inspector', 'security_administrator', 'room_manager', 'security_department'] as const;

export const ledgerVerbs = declareVerbs('ledger', {
  'ledger.facts.see': { zh: '查阅账本', en: 'read the ledger', roles: readers },
  'ledger.head.see': { zh: '查看账本签名', en: 'see the ledger’s newest signature', roles: [...readers, 'duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'leader', 'system_administrator'] },
  'ledger.anchor.make': { zh: '打印账本锚点', en: 'print an anchor of the ledger', roles: [...readers, 'duty_operator', 'shift_leader', 'duty_manager', 'leader'] },
});

export interface LedgerDesk {
  database: Database;
  views: LedgerViews;
  /** Reading is an act: one fact for a reading session, however many pages. */
  recordRead: Audit['recordLedgerRead'];
}

export const ledgerRoutes = ({ database, views, recordRead }: LedgerDesk) => [
  guarded(contract.listFacts, 'ledger.facts.see', async ({ query }, caller: Caller) => {
    const page = await views.listFacts(database.db, caller.siteId, query);
    const { kind, subject, actorId, from, until } = query;
    if (page.facts.length > 0) await recordRead(caller, { kind, subject, actorId, from, until }, page.facts.map((fact) => fact.seq));
    return page;
  }),
  guarded(contract.head, 'ledger.head.see', async (_call, caller) => views.head(database.db, caller.siteId)),
  guarded(contract.anchorPage, 'ledger.anchor.make', async (_call, caller) => views.makeAnchor(caller.siteId, caller.roomId, actorOf(caller))),
];
