/** A whole room with footage on record, on a clock that the test moves, whose people ask, agree with their own signatures, look and write back. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import * as contract from '../../../../../contract/evidence.ts';
import type { JournalEntryOf } from '../../../../../contract/recorder.ts';
import { listCameras } from '../../../../../contract/video.ts';
import { parseFact, type Fact } from '../../../../../formats/fact/index.ts';
import { newId } from '../../../base/ids.ts';
import { hourMs, minuteMs } from '../../../base/units.ts';
import { openParametersRoom, people, type ParametersRoom } from '../../../mechanisms/parameters/testing/parameters-room.ts';
import type { Answer } from '../../../mechanisms/approvals/testing/hands.ts';

export const staff = { ...people, requester: 'yangliping' } as const;
const segmentMs = minuteMs;
const restMs = 6 * minuteMs;

export interface FootageRoom extends ParametersRoom {
  cameraIds: readonly string[];
  /** Footage of the last two hours before the test began. */
  recorded: { from: number; until: number };
  /** Writes down footage as the recorder's journal tells of it. */
  record(cameraId: string, from: number, until: number): Promise<void>;
  asked(more?: Partial<contract.Asked>): contract.Asked;
  askFor(more?: Partial<contract.Asked>, account?: string): Promise<{ requestId: string; number: string; approvalId: string }>;
  see(requestId: string, account?: string): Promise<contract.RequestView>;
  begin(requestId: string, account?: string, witness?: string): Promise<Answer>;
  write(requestId: string, more?: { outcome?: contract.ViewOutcome | null; remark?: string; account?: string }): Promise<Answer>;
  facts(kind: string): Promise<Fact[]>;
  /** Nobody's session idles out between two acts. */
  rest(): void;
}

export const openFootageRoom = async (options: Parameters<typeof openParametersRoom>[0] = {}): Promise<FootageRoom> => {
  const house = await openParametersRoom(options);
  const { whole, clock } = house;
  // Forms of obligations are issued with the plan, as at every start.
  await whole.runJob('obligations.plan');
  const { cameras } = await house.get(staff.operator, listCameras);
  const cameraIds = cameras.map(({ cameraId }) => cameraId);
  const now = clock.now();
  const { rows } = await sql<{ id: string }>`select storage_id as id from video.storages limit 1`.execute(whole.database.db);
  const storageId = rows[0]?.id ?? '';
  const runId = newId('run', clock);
  let seq = 0;
  const record = async (cameraId: string, from: number, until: number): Promise<void> => {
    for (let begin = from; begin < until; begin += segmentMs) {
      seq += 1;
      const segmentId = newId('seg', clock);
      const entry: JournalEntryOf<'segment_closed'> = {
        kind: 'segment_closed', seq, at: clock.now(), segmentId, cameraId, storageId, path: `${cameraId}/x/${segmentId}.mp4`, from: begin, until: Math.min(until, begin + segmentMs), sizeBytes: 1_000_000, sha256: createHash('sha256').update(segmentId).digest('hex'),
        frames: 1_500, keyFrames: 30, codec: 'avc1.64001f', width: 1280, height: 720, runId, cameraClockOffsetMs: null, packetsLost: 0, recovered: false,
      };
      await whole.room.video.takeOver([entry]);
    }
  };
  const recorded = { from: now - 2 * hourMs, until: now };
  for (const cameraId of cameraIds.slice(0, 2)) await record(cameraId, recorded.from, recorded.until);
  const asked = (more: Partial<contract.Asked> = {}): contract.Asked => ({
    type: 'view', cameraIds: [cameraIds[0] ?? ''], from: now - 100 * minuteMs, until: now - 90 * minuteMs, place: '东门', reasonClass: 'work', reason: '核对三号门货物交接', department: '行包部', unit: '东门客运站', position: '主任', phone: '8600', leaderId: null, viewerGroup: 'colleague',
    viewer: '', viewerPaper: '', paperNumber: '', follows: null, purpose: more.type === 'copy' ? '事故处理' : '', receiver: more.type === 'copy' ? '保险公司' : '', copies: 1, returnBy: null, ...more,
  });
  const see: FootageRoom['see'] = (requestId, account = staff.operator) => house.get(account, contract.request, { params: { requestId } });
  return {
    ...house, cameraIds, recorded, record, asked, see,
    askFor: async (more, account = staff.requester) => {
      const made = await house.get(account, contract.askFor, { body: asked(more) });
      return { ...made, approvalId: (await see(made.requestId, account)).approvalId };
    },
    begin: (requestId, account = staff.operator, witness = '') => house.ask(account, contract.beginViewing, { params: { requestId }, body: { witness } }),
    write: (requestId, { outcome = 'found', remark = '14:02 二号推车进入三号门', account = staff.operator } = {}) => house.ask(account, contract.writeResult, { params: { requestId }, body: { outcome, remark, from: clock.now() - minuteMs, until: clock.now() } }),
    facts: async (kind) => {
      const { rows: found } = await sql<{ canonical: Buffer }>`select canonical from ledger.facts order by site_id, seq`.execute(whole.database.db);
      return found.map(({ canonical }) => parseFact(canonical.toString('utf8'))).filter((fact) => fact.kind === kind);
    },
    rest: () => clock.step(restMs),
  };
};
