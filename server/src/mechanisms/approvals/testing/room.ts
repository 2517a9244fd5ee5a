/** A room with identity and approvals: real tables, real passkeys, a clock that tests move. What people are told is heard here. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import { addPerson as addPersonEndpoint, changePassword, changePerson, type Role } from '../../../../../contract/identity.ts';
import { checkEvidence, questions as people, type Caller, type DemonstrationPerson, type VerbTable } from '../../identity/index.ts';
import { openTestHttp, openTestRoom, testLog, testOrigin, type TestRoom } from '../../identity/testing/room.ts';
import { approvalsVerbs, createApprovals, type AnyApprovalKind, type Approvals } from '../index.ts';
import { newId } from '../../../base/ids.ts';
import { createDiskBlobs } from '../../../platform/blobs/disk-blobs.ts';
import { limitsFrom } from '../limits.ts';
import { createHands, type Hands } from './hands.ts';

const sampleNumbers: Readonly<Record<string, number>> = {
  approval_step_limit_hours: 4, approval_urgent_step_limit_minutes: 30, approval_returned_expires_days: 3, approval_draft_kept_days: 30, approval_transfer_max: 3, papers_after_verbal_order_hours: 24, approval_grant_valid_hours: 72,
  approval_remind_first_share: 0.5, approval_remind_second_share: 0.8, approval_remind_again_minutes: 30,
};

export interface Told {
  approvalId: string;
  to: readonly string[];
  zh: string;
}

export interface ApprovalsRoom extends TestRoom, Hands {
  approvals: Approvals;
  http: FastifyInstance;
  people: readonly DemonstrationPerson[];
  told: Told[];
  /** What became of orders by word of mouth: `late ord_…`, `refused ord_…`, `came ord_…`. */
  papers: string[];
  /** Parameters of the room by name; tests change them. */
  numbers: Record<string, number>;
  /** Lists of the room that tests change. */
  lists: { orderLeaders: readonly string[] };
  account(role: Role): string;
  personId(account: string): Promise<string>;
  /** Adds somebody who has chosen a password of their own. */
  addPerson(account: string, name: string, roles: readonly Role[]): Promise<void>;
  deactivate(account: string): Promise<void>;
  /** As a module's route would have the caller. */
  callerOf(account: string): Promise<Caller>;
  closeAll(): Promise<void>;
}

export const openApprovalsRoom = async (kinds: readonly AnyApprovalKind[] = [], verbs: readonly VerbTable[] = []): Promise<ApprovalsRoom> => {
  const room = await openTestRoom({ verbs: [approvalsVerbs, ...verbs] });
  const { database, ledger, clock, identity } = room;
  const told: Told[] = [];
  const papers: string[] = [];
  const numbers: Record<string, number> = { ...sampleNumbers };
  const lists: ApprovalsRoom['lists'] = { orderLeaders: ['security_department', 'leader'] };
  const files = mkdtempSync(join(tmpdir(), 'vigil-approvals-'));
  const approvals = createApprovals({
    database, ledger, clock, log: testLog, kinds: () => kinds, people,
    signing: { ...identity.signing, check: checkEvidence },
    limits: async () => limitsFrom({ number: (name) => numbers[name] ?? Number.NaN, list: (name) => (name === 'verbal_order_leaders' ? lists.orderLeaders : ['room_manager', 'security_department', 'leader']) }),
    blobs: createDiskBlobs(join(files, 'blobs'), () => newId('tmp', clock)),
    papers: { missing: async (_tx, { orderId, why }) => void papers.push(`${why} ${orderId}`), came: async (_tx, { orderId }) => void papers.push(`came ${orderId}`) },
    clauseTitles: async (_db, cites) => cites.map((cite) => ({ zh: `《样例》第 ${cite.split('#')[1] ?? ''} 条`, en: `Sample, ${cite.split('#')[1] ?? ''}` })),
    cite: async (_db, _place, _at, clauses) => clauses.map((clause) => `sample@1#${clause}`),
    clausesInForce: async () => [{ id: 'SEC-8.1', cite: 'sample@1#SEC-8.1', zh: '重点部位双人值守', en: 'two persons at key places' }],
    remind: async (_tx, { approvalId, to, sentence }) => void told.push({ approvalId, to, zh: sentence.zh }),
    tellScreens: async () => undefined,
    deny: (caller, what, reason, verb) => identity.gate.deny(caller, what, reason, verb),
  });
  const demonstration = await identity.makeDemonstration('zh-CN');
  const http = await openTestHttp(room, [...identity.routes, ...approvals.routes]);
  const passwords = new Map(demonstration.map(({ account, password }) => [account, password]));
  const hands = createHands({ http, origin: testOrigin.origin, clock, passwordOf: (account) => passwords.get(account) ?? '' });
  const account: ApprovalsRoom['account'] = (role) => demonstration.find((person) => person.role === role)?.account ?? '';
  const personId: ApprovalsRoom['personId'] = async (wanted) => {
    const { rows } = await sql<{ person_id: string }>`select person_id from identity.people where account = ${wanted}`.execute(database.db);
    return rows[0]?.person_id ?? '';
  };
  const administrator = account('system_administrator');
  const must = async (answer: Promise<{ status: number; body: unknown }>): Promise<void> => {
    const { status, body } = await answer;
    if (status !== 200) throw new Error(JSON.stringify(body));
  };
  return {
    ...room, ...hands, approvals, http, people: demonstration, told, papers, numbers, lists, account, personId,
    addPerson: async (added, name, roles) => {
      const [first, chosen] = ['fahrun-mokipe-zulawi-7731', 'tobeki-rasumo-xeliva-2284'];
      passwords.set(added, first);
      await must(hands.ask(administrator, addPersonEndpoint, { body: { account: added, name, staffNumber: `Z-${added}`.slice(0, 32), language: 'zh-CN', password: first, roles: [...roles] } }));
      await must(hands.ask(added, changePassword, { body: { current: first, next: chosen } }));
      passwords.set(added, chosen);
    },
    deactivate: async (gone) => must(hands.ask(administrator, changePerson, { params: { personId: await personId(gone) }, body: { active: false } })),
    callerOf: async (wanted) => {
      const answer = await http.inject({ method: 'POST', url: '/api/identity/sessions', headers: { host: 'localhost' }, payload: { account: wanted, password: passwords.get(wanted) ?? '' } });
      const token = answer.cookies.find(({ name }) => name === 'vigil_session')?.value;
      const caller = await identity.gate.admit({ token, source: '127.0.0.1', what: 'test' }, { kind: 'signed_in' });
      if (caller === null) throw new Error(`${wanted} is nobody`);
      return caller;
    },
    closeAll: async () => {
      await http.close();
      rmSync(files, { recursive: true, force: true });
      await room.close();
    },
  };
};
