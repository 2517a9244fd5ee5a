/** A whole room whose people ask for rules and agree to them over HTTP, with a clock that tests move. */
import { sql } from 'kysely';
import type { z } from 'zod';
import * as contract from '../../../../../contract/parameters.ts';
import { createHands, type Hands } from '../../approvals/testing/hands.ts';
import { newId } from '../../../base/ids.ts';
import { ManualClock } from '../../../base/manual-clock.ts';
import { minuteMs } from '../../../base/units.ts';
import { openWholeRoom, type WholeRoom, type WholeRoomOptions } from '../../../app/testing/whole-room.ts';
import { questions } from '../../identity/index.ts';
import { openDatabase } from '../../../platform/postgres/db.ts';
import { testLog, testStart } from '../../identity/testing/room.ts';

const consoleRestMs = 6 * minuteMs;

export const people = { leader: 'hanminghua', security: 'fengguodong', manager: 'sunweidong', operator: 'wangjianguo' } as const;

export type AdoptionForm = contract.AdoptionForm;

export interface ParametersRoom extends Hands {
  whole: WholeRoom;
  clock: ManualClock;
  siteId: string;
  roomId: string;
  /** Signs one step after the other; the last answer must be 200. */
  agree(approvalId: string, ...accounts: string[]): Promise<void>;
  digestOf(packId: string): Promise<string>;
  /** An adoption of these packs as a person would begin it: all annexes, nothing settled yet. */
  form(packIds: readonly string[], more?: Partial<AdoptionForm>): Promise<AdoptionForm>;
  /** Every touched conflict settled (by `choose`, else the first option), every open value confirmed. */
  complete(form: AdoptionForm, choose?: Readonly<Record<string, string>>): Promise<AdoptionForm>;
  report(form: AdoptionForm): Promise<contract.AdoptionReport>;
  adopt(form: AdoptionForm): Promise<void>;
  rule(name: string, at?: number): Promise<contract.RuleRow>;
  /** Writes, submits and approves a profile that starts from the present one. */
  approveProfile(change: (profile: contract.SiteProfile) => contract.SiteProfile): Promise<void>;
  /** A room that is made later. */
  addRoom(name: string): Promise<string>;
}

type Table = z.output<typeof contract.ruleTable.response>;

const anyValue = (row: contract.RuleRow | undefined): contract.ParameterValue => {
  if (row?.type === 'list') return row.options ?? [];
  if (row?.type === 'text') return '安全管理部';
  return row?.value ?? false;
};

export const openParametersRoom = async (options: Pick<WholeRoomOptions, 'timestampUrl'> = {}): Promise<ParametersRoom> => {
  const clock = new ManualClock(testStart);
  const whole = await openWholeRoom({ clock, ...options });
  const passwordOf = (account: string): string => whole.people.find((one) => one.account === account)?.password ?? '';
  const hands = createHands({ http: whole.app, origin: 'http://127.0.0.1', clock, passwordOf });
  const place = await questions.place(whole.database.db);
  if (place === null) throw new Error('the demonstration has no place');
  const { site: { siteId }, room: { roomId } } = place;

  const agree: ParametersRoom['agree'] = async (approvalId, ...accounts) => {
    for (const account of accounts) {
      clock.step(consoleRestMs); // who asked a moment ago at another console signs in anew
      const answer = await hands.decide(account, approvalId, 'approve');
      if (answer.status !== 200) throw new Error(`${account} could not agree: ${JSON.stringify(answer.body)}`);
    }
  };
  const packs = async () => (await hands.get(people.leader, contract.listPacks)).packs;
  const report = (form: AdoptionForm) => hands.get(people.leader, contract.reportAdoption, { body: form });
  const table = (): Promise<Table> => hands.get(people.leader, contract.ruleTable);

  const self: ParametersRoom = {
    ...hands, whole, clock, siteId, roomId, agree, report,
    digestOf: async (packId) => (await packs()).find((one) => one.packId === packId)?.digest ?? '',
    form: async (packIds, more = {}) => {
      const chosen = (await packs()).filter((one) => packIds.includes(one.packId));
      return {
        packs: chosen.map((one) => one.digest), place: { kind: 'site' }, from: null, annexes: chosen.flatMap((one) => one.annexes.map((annex) => `${one.packId}:${annex.key}`)), settlements: [],
        decisions: [], waivers: [], ...more,
      };
    },
    complete: async (form, choose = {}) => {
      const first = await report(form);
      const settlements = first.conflicts.map((one) => ({ conflictId: one.id, option: choose[one.id] ?? one.options[0]?.key ?? '', reason: '试' }));
      const settled = { ...form, settlements };
      const rows = new Map((await table()).rules.map((row) => [row.name, row]));
      const { open } = await report(settled);
      const decisions = open.map((one) => ({ name: one.name, value: one.proposed ?? anyValue(rows.get(one.name) ?? rows.get(one.name.split('@')[0] ?? '')) }));
      return { ...settled, decisions: [...form.decisions, ...decisions] };
    },
    adopt: async (form) => {
      const { approvalId } = await hands.get(people.leader, contract.adoptPacks, { body: { ...form, reason: '采用' } });
      await agree(approvalId, people.security);
    },
    rule: async (name, at) => {
      const { rules } = await hands.get(people.leader, contract.ruleTable, at === undefined ? {} : { query: { at } });
      const row = rules.find((one) => one.name === name);
      if (row === undefined) throw new Error(`no row ${name}`);
      return row;
    },
    approveProfile: async (change) => {
      const seen = await hands.get(people.leader, contract.viewProfile);
      const profile = change(seen.draft?.profile ?? seen.approved?.profile ?? ({} as contract.SiteProfile));
      const { number } = await hands.get(people.leader, contract.writeProfile, { body: { number: seen.draft?.number ?? 0, profile } });
      const { approvalId } = await hands.get(people.leader, contract.submitProfile, { body: { number, reason: '更新' } });
      await agree(approvalId, people.security);
    },
    addRoom: async (name) => {
      const made = newId('room', clock);
      const owner = openDatabase(whole.adminUrl, { log: testLog });
      await sql`insert into identity.rooms (room_id, site_id, name, made_at) values (${made}, ${siteId}, ${name}, ${new Date(clock.now())})`.execute(owner.db);
      await owner.close();
      return made;
    },
  };
  return self;
};
