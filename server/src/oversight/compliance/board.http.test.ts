/** The clause board through the whole room: purposes with figures, cameras and the room itself, the state of clauses, evidence handed out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { listActs, prepareReview, signReview } from '../../../../contract/audit.ts';
import { downloadEvidence, ownDuties, printEvidence, readBoard, readClause, readFigures } from '../../../../contract/compliance.ts';
import { currentSession } from '../../../../contract/identity.ts';
import { listCredentials } from '../../../../contract/identity-people.ts';
import { listFacts } from '../../../../contract/ledger.ts';
import { viewProfile } from '../../../../contract/parameters.ts';
import { listCameras, openPlayback } from '../../../../contract/video.ts';
import { dayMs, hourMs } from '../../base/units.ts';
import { openParametersRoom, people, type ParametersRoom } from '../../mechanisms/parameters/testing/parameters-room.ts';
import { readPackClauses } from './pack-clauses.ts';

type Figures = z.output<typeof readFigures.response>;
const adopted = ['saf', 'cor', 'gen', 'art', 'res', 'co2', 'sc2'];

let room: ParametersRoom;
let figures: Figures;

const look = (): Promise<Figures> => room.get(people.security, readFigures);
const stateOf = async (clauseId: string) => (await room.get(people.security, readClause, { params: { clauseId } })).clause;

beforeAll(async () => {
  room = await openParametersRoom();
  const { statedPurposes, figures: known } = await room.get(people.leader, viewProfile);
  await room.approveProfile((profile) => ({
    ...profile,
    purposes: statedPurposes.map(({ clause, zh, en, figures: keys }) => ({
      clause, zh, en, figures: known.filter((figure) => keys.includes(figure.key)).map((figure) => ({ figure: figure.key, target: figure.target, better: figure.better })),
    })),
  }));
  for (const packId of adopted) await room.adopt(await room.complete(await room.form([packId])));
  figures = await look();
});
afterAll(() => room.whole.close());

describe('purposes', () => {
  /** Each figure that facts can tell has a target and a trend; each that none can tell is named; a purpose with neither is a gap. */
  const shown = (clause: string, told: readonly string[], untold: readonly string[]): void => {
    const purpose = figures.purposes.find((one) => one.clause === clause);
    expect(purpose?.figures.toSorted()).toEqual(told.toSorted());
    expect(purpose?.missing.map(({ key }) => key).toSorted()).toEqual(untold.toSorted());
    expect(purpose?.gap).toBe(told.length === 0);
    for (const key of told) {
      const figure = figures.figures.find((one) => one.key === key);
      expect(typeof figure?.target, key).toBe('number');
      expect(figure?.trend.length, key).toBeGreaterThanOrEqual(30);
    }
  };
  test('[SAF-1.2 DASH] each stated purpose has at least one figure with a target on the board', () => shown('SAF-1.2', ['availability_percent', 'response_seconds', 'incidents'], ['injuries']));
  test('[COR-1.2 DASH] efficiency and quality: a figure, its target and its trend; what no fact tells yet is named', () => shown('COR-1.2', ['response_seconds', 'handling_minutes', 'log_completeness_percent'], ['picture_quality_score']));
  test('[GEN-1.2 DASH] efficient operation and safety of the staff: a figure, target and trend', () => shown('GEN-1.2', ['response_seconds', 'availability_percent', 'hazards_open'], ['injuries']));
  test('[ART-1 DASH] normal equipment, efficient and safe work: a figure, target and trend', () => shown('ART-1', ['availability_percent', 'response_seconds', 'incidents'], ['right_dispositions_percent']));
  test('[ART-3.1 DASH] safety: hazards, overdue checks and incidents with target and trend', () => shown('ART-3.1', ['hazards_open', 'overdue_safety_checks', 'incidents'], []));
  test('[ART-3.3 DASH] efficiency: time to acknowledge with target and trend', () => shown('ART-3.3', ['acknowledge_seconds'], ['first_action_minutes', 'repair_hours']));
  test('[ART-3.4 DASH] economy: storage per camera with target and trend; costs that nobody writes down yet are named', () => shown('ART-3.4', ['storage_per_camera_gb'], ['repair_cost', 'parts_used', 'energy_kwh']));
  test('[RES-1.1 DASH] safety of the compound with figures; replies and privacy show as missing', () => shown('RES-1.1', ['incidents', 'response_seconds'], ['reply_hours', 'privacy_cases']));
  test('[CO2-1.1 DASH] management: share of clauses kept, incidents and interruptions with target and trend', () => shown('CO2-1.1', ['compliance_percent', 'incidents', 'interruptions'], []));
  test('[SC2-1 DASH] the school: incidents, response and share of clauses kept', () => shown('SC2-1', ['incidents', 'response_seconds', 'compliance_percent'], ['disturbances']));
  test('[BRN-1 DASH] availability and cameras in useful state with target and trend', () => shown('BRN-1', ['availability_percent', 'useful_cameras_percent'], ['safe_running_events']));

  test('a purpose of which nothing is told yet shows as a gap', async () => {
    await room.approveProfile((profile) => ({ ...profile, purposes: profile.purposes.map((one) => (one.clause === 'SC2-1' ? { ...one, figures: [{ figure: 'disturbances', target: 0, better: 'lower' as const }] } : one)) }));
    expect((await look()).purposes.find(({ clause }) => clause === 'SC2-1')).toMatchObject({ figures: [], gap: true });
  });
});

/** The breach that was found is a breach of any period that holds this moment, mended or not. */
let foundAt = 0;

describe('states of clauses', () => {
  test('nothing is kept by default: what nothing holds is without control, what is not adopted does not apply', async () => {
    const board = await room.get(people.security, readBoard);
    expect(board.clauses.length).toBeGreaterThanOrEqual(694);
    const sec = board.clauses.filter(({ pack }) => pack === 'sec');
    expect(sec.length).toBe(40);
    expect(new Set(sec.map(({ state }) => state))).toEqual(new Set(['not_applicable']));
    expect(board.clauses.filter(({ state, evidence }) => state === 'satisfied' && evidence === 0)).toEqual([]);
    expect(board.clauses.filter(({ state, controls }) => state === 'no_control' && controls > 0)).toEqual([]);
    expect(board.clauses.find(({ id }) => id === 'ART-3.1')?.cite).toBe('art@1#ART-3.1');
  });

  test('[ART-13.1.5 DASH] a month without a review of the acts is flagged for the security department, with the citation, until it is signed', async () => {
    room.clock.step(Date.parse('2027-01-05T02:00:00Z') - room.clock.now());
    expect(await stateOf('ART-13.1.5')).toMatchObject({ state: 'breached', cite: 'art@1#ART-13.1.5', responsible: { zh: '安全主管部门' } });
    foundAt = room.clock.now();
    await room.whole.runJob('compliance.findings');
    const [finding] = (await room.get(people.security, listFacts, { query: { kind: 'compliance.breach_found' } })).facts.filter(({ body }) => body['control'] === 'audit.reviewed_monthly');
    expect(finding?.zh).toContain('每月审查操作记录');
  });

  test('[ART-13.1.5 AUDIT] the signed review of the month takes the breach away, and is the fact behind the answer', async () => {
    const december = { from: Date.parse('2026-11-30T16:00:00Z'), until: Date.parse('2026-12-31T16:00:00Z') };
    await room.get(people.security, listActs, { query: december });
    const review = { ...december, outcome: 'in_order', note: '' } as const;
    let size = 0;
    const assertion = await room.answer(people.security, async () => {
      const prepared = await room.get(people.security, prepareReview, { body: review });
      size = prepared.size;
      return prepared;
    });
    await room.get(people.security, signReview, { body: { ...review, size, assertion } });
    const page = await room.get(people.security, readClause, { params: { clauseId: 'ART-13.1.5' }, query: { from: december.from, until: foundAt } });
    expect(page.controls.find(({ name }) => name === 'audit.reviewed_monthly')).toMatchObject({ state: 'satisfied' });
    // Spot checks are the other half of the clause: it is not kept by the review alone.
    expect(page.clause.state).toBe('evidence_due');
    expect(page.facts.map((fact) => fact.kind)).toContain('audit.review_signed');
  });
});

describe('what is asked of whom', () => {
  const staff = ['duty_operator', 'monitor', 'technician'] as const;
  test('[RES-2 PROFILE] duty operator, monitor and technician each see the duties and functions of their own; what is another’s is refused', async () => {
    const cookies = new Map(await Promise.all(staff.map(async (role) => [role, await room.whole.signIn(role)] as const)));
    const actorOf = new Map(readPackClauses('packs').map(({ id, actor }) => [id, actor]));
    const actors = { duty_operator: 'duty operator', monitor: 'monitor', technician: 'technician' } as const;
    const binding = (await room.get(people.security, readBoard)).regulations.flatMap(({ pack, adopted: binds }) => (binds ? [pack] : []));
    expect(binding).not.toContain('sec');
    const seen = new Map<string, string[]>();
    for (const role of staff) {
      const { regulations } = await room.whole.get(cookies.get(role)!, ownDuties);
      expect(regulations.map(({ pack }) => pack)).toContain('res');
      expect(regulations.map(({ pack }) => pack).filter((pack) => !binding.includes(pack))).toEqual([]);
      const duties = regulations.flatMap((one) => one.duties);
      expect(new Set(duties.map(({ id }) => actorOf.get(id)))).toEqual(new Set([actors[role], 'anyone']));
      expect(duties.every(({ id, forAll }) => forAll === (actorOf.get(id) === 'anyone'))).toBe(true);
      seen.set(role, duties.filter(({ forAll }) => !forAll).map(({ id }) => id));
    }
    expect(seen.get('technician')).toContain('RES-6.2.1');
    expect(seen.get('monitor')).not.toContain('RES-6.2.1');
    const functionsOf = async (role: (typeof staff)[number]) => {
      const { can } = await room.whole.get(cookies.get(role)!, currentSession);
      return Object.keys(can).filter((verb) => can[verb] === true);
    };
    const technical = await functionsOf('technician');
    expect(technical).toContain('identity.credentials.see');
    expect(await functionsOf('monitor')).not.toContain('identity.credentials.see');
    expect(technical).not.toContain('video.live.watch');
    for (const role of ['duty_operator', 'monitor'] as const) expect((await room.whole.ask(cookies.get(role)!, listCredentials)).status).toBe(403);
    const { cameraId } = (await room.whole.get(cookies.get('duty_operator')!, listCameras)).cameras[0]!;
    expect((await room.whole.ask(cookies.get('technician')!, openPlayback, { body: { cameraId, from: 0, until: 1 } })).status).toBe(403);
  });
});

describe('evidence', () => {
  test('the sheet and the files of a clause name its facts, and handing them out is a signed entry with their hash', async () => {
    const period = { from: foundAt - 60 * dayMs, until: foundAt };
    const sheet = await room.get(people.security, printEvidence, { params: { clauseId: 'ART-13.1.5' }, body: period });
    expect(sheet.page.facts.length).toBeGreaterThan(0);
    expect(sheet.checkpoint).toContain('vigil/');
    const file = await room.whole.ask(await room.whole.signIn('auditor'), downloadEvidence, { params: { clauseId: 'ART-13.1.5' }, body: { ...period, format: 'csv' } });
    expect(file.bytes.toString('utf8')).toContain('audit.review_signed');
    const printed = (await room.get(people.security, listFacts, { query: { kind: 'compliance.evidence_printed' } })).facts;
    expect(printed.map(({ body }) => body['format'])).toEqual(['csv', 'sheet']);
    expect(printed.find(({ body }) => body['format'] === 'sheet')).toMatchObject({ seq: sheet.seq, body: { sha256: sheet.sha256, clause: 'ART-13.1.5' } });
    expect((await room.ask(people.operator, printEvidence, { params: { clauseId: 'ART-13.1.5' }, body: period })).status).toBe(403);
    expect((await room.ask(people.security, readClause, { params: { clauseId: 'ART-99.9' } })).body.code).toBe('compliance.clause_unknown');
    expect((await room.ask(people.security, readBoard, { query: { from: period.until, until: period.until - hourMs } })).body.code).toBe('compliance.period_wrong');
  });
});
