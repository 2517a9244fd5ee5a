/** The ledger over HTTP. It stands here because the ledger mechanism does not know people. */
import * as contract from '../../../contract/ledger.ts';
import type { Clock } from '../base/clock.ts';
import { actorOf, declareVerbs, guarded, type Caller } from '../mechanisms/identity/index.ts';
import type { Ledger, LedgerViews } from '../mechanisms/ledger/index.ts';
import type { Database } from '../platform/postgres/db.ts';
import { ledgerRead } from './room-reads.ts';

const readers = ['auditor', 'inspector', 'security_administrator', 'room_manager', 'security_department'] as const;

export const ledgerVerbs = declareVerbs('ledger', {
  'ledger.facts.see': { zh: '查阅账本', en: 'read the ledger', roles: readers },
  'ledger.head.see': { zh: '查看账本签名', en: 'see the ledger’s newest signature', roles: [...readers, 'duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'leader', 'system_administrator'] },
  'ledger.anchor.make': { zh: '打印账本锚点', en: 'print an anchor of the ledger', roles: [...readers, 'duty_operator', 'shift_leader', 'duty_manager', 'leader'] },
});

export interface LedgerDesk {
  database: Database;
  ledger: Ledger;
  views: LedgerViews;
  clock: Clock;
}

export const ledgerRoutes = ({ database, ledger, views, clock }: LedgerDesk) => [
  guarded(contract.listFacts, 'ledger.facts.see', async ({ query }, caller: Caller) => {
    const page = await views.listFacts(database.db, caller.siteId, query);
    const seqs = page.facts.map((fact) => fact.seq);
    const body = { kind: query.kind ?? null, subject: query.subject ?? null, fromSeq: Math.min(...seqs, Number.MAX_SAFE_INTEGER), untilSeq: Math.max(...seqs, 0), count: seqs.length };
    const { siteId, roomId } = caller;
    if (seqs.length > 0) await database.transaction((tx) => ledger.append(tx, { event: ledgerRead, siteId, roomId, actor: actorOf(caller), subject: siteId, body, at: clock.now() }));
    return page;
  }),
  guarded(contract.head, 'ledger.head.see', async (_call, caller) => views.head(database.db, caller.siteId)),
  guarded(contract.anchorPage, 'ledger.anchor.make', async (_call, caller) => views.makeAnchor(caller.siteId, caller.roomId, actorOf(caller))),
];
