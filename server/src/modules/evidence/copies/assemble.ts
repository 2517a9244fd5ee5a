/** What goes into a package: the request as it was made, who agreed with which signature, who saw the footage before, the footage and its proofs. */
import { BundleError, type BundleInput, type ClipInput } from '../../../../../formats/evidence-bundle/index.ts';
import { segmentFile } from '../../../../../formats/evidence-bundle/node.ts';
import { canonicalize, type Json } from '../../../../../formats/canonical-json/index.ts';
import type { Instant } from '../../../base/clock.ts';
import { minuteMs, secondMs } from '../../../base/units.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { questions as people } from '../../../mechanisms/identity/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { FootageRequest } from '../request.ts';
import { stepsOf } from '../store.ts';
import { viewingsOf } from '../viewing-store.ts';
import { reasonWords, timeText } from '../words.ts';
import type { Package } from './copy.ts';
import type { CopiesContext, FootageOfCamera } from './context.ts';

/** Of a place at a moment, in minutes east of Greenwich. */
export const utcOffsetMinutes = (timeZone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? '0');
  const shown = Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'), value('second'));
  return Math.round((shown - at) / minuteMs);
};

const json = (value: Json): string => `${canonicalize(value)}\n`;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Half of the cameras' clocks stand nearer; null where none told. */
const medianOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[known.length >> 1] ?? null;
};

export const footageFor = async (context: CopiesContext, db: Db, one: FootageRequest): Promise<FootageOfCamera[]> => {
  const found: FootageOfCamera[] = [];
  for (const cameraId of one.cameraIds) {
    const footage = await context.files(db, one.roomId, cameraId, one.from, one.until);
    if (footage !== null) found.push(footage);
  }
  return found;
};

const requestRecord = (one: FootageRequest, applicant: string): string =>
  json({
    number: one.number, type: one.type, applicant, department: one.department, unit: one.unit, position: one.position, phone: one.phone, cameras: [...one.cameras], from: iso(one.from), until: iso(one.until), place: one.place,
    reasonClass: one.reasonClass, reason: one.reason, paperNumber: one.paperNumber, onBehalfOf: one.viewer, identityPaper: one.viewerPaper, purpose: one.purpose, receiver: one.receiver, copies: one.copies, returnBy: iso(one.returnBy), submittedAt: iso(one.submittedAt), clauses: [...one.clauses],
  });

/** Who opened this footage under requests: of the request itself and of the one that it goes on from. */
const accessLog = async (db: Db, one: FootageRequest): Promise<string> => {
  const viewings = await viewingsOf(db, [one.requestId, ...(one.follows === null ? [] : [one.follows])]);
  const names = await people.personNames(db, viewings.map(({ operatorId }) => operatorId));
  return viewings.map(({ viewingId, operatorId, witness, mode, begunAt, endedAt, grantId }) => json({ viewingId, operator: names.get(operatorId) ?? operatorId, witness, mode, from: iso(begunAt), until: iso(endedAt), grantId })).join('');
};

/** A package is made without its time-stamp when the authority does not answer, and says so. */
const stamped = async ({ stamp, log }: CopiesContext, checkpoint: string): Promise<{ timestamps: { name: string; bytes: Uint8Array }[]; stampRemark: string }> => {
  if (stamp === null) return { timestamps: [], stampRemark: '没有可信时间戳：监控室未设时间戳服务 · no RFC 3161 time-stamp: the room has no authority' };
  try {
    return { timestamps: [{ name: 'checkpoint.tsr', bytes: await stamp(Buffer.from(checkpoint, 'utf8')) }], stampRemark: '账本检查点有可信时间戳，见 proof/tsa · the checkpoint has an RFC 3161 time-stamp' };
  } catch (error) {
    log.warn('no time-stamp for an evidence package', { error });
    return { timestamps: [], stampRemark: '没有可信时间戳：时间戳服务没有应答 · no RFC 3161 time-stamp: the authority did not answer' };
  }
};

type Compared = Awaited<ReturnType<CopiesContext['machineClock']>>;
const clockSourceText = (clock: Compared): string => {
  if (clock === null) return '服务器系统时钟，制作时没有授时服务器应答 · clock of the recording machine; no time server answered when the package was made';
  const seconds = (clock.offsetMs / secondMs).toFixed(3);
  return `服务器系统时钟，制作时与授时服务器“${clock.server}”相差 ${seconds} 秒 · clock of the recording machine, ${seconds} s against the time server "${clock.server}" when the package was made`;
};
/** How right the machine's own clock was when the package was made: the times of the footage are its times. */
const clockRecord = (clock: Compared, at: Instant): string =>
  json({ packageAt: iso(at), machineClock: clock === null ? null : { offsetMs: Math.round(clock.offsetMs), against: clock.server, measuredAt: iso(clock.at) }, meaning: 'offsetMs: clock of the recording machine minus time server; null: no time server answered' });

export interface Assembled {
  input: BundleInput;
  segments: number;
}

export const assemble = async (context: CopiesContext, db: Db, one: FootageRequest, pack: Package): Promise<Assembled> => {
  const footage = await footageFor(context, db, one);
  const files = footage.flatMap((camera) => camera.files);
  const { origin, checkpoint, facts, anchors, factOf } = await context.prove(db, one.siteId, files);
  const approval = await approvalsNow.get(db, one.approvalId);
  const signatures = approval?.signatures ?? [];
  const names = await people.personNames(db, [one.applicantId, pack.operatorId, ...signatures.map(({ personId }) => personId)]);
  const nameOf = (personId: string): string => names.get(personId) ?? personId;
  const place = await people.place(db);
  const timeZone = place?.site.timeZone ?? 'UTC';
  const unit = `${place?.site.name ?? ''} ${place?.room.name ?? ''}`.trim();
  const clips = footage.map(({ cameraId, label, number, files: own, gaps }): ClipInput => ({
    name: `CAM${String(number).padStart(2, '0')}`, cameraId, label, from: one.from, until: one.until, gaps: [...gaps],
    segments: own.map(({ segmentId, sha256, sizeBytes, from, until, path }) => {
      const factSeq = factOf.get(segmentId);
      // Footage that the ledger does not know is no gap: the package is refused.
      if (factSeq === undefined) throw new BundleError('fact_missing', segmentId);
      return { segmentId, sha256, sizeBytes, from, until, factSeq, file: segmentFile(path, sizeBytes) };
    }),
  }));
  const steps = await stepsOf(db, one.requestId);
  const agreed = signatures.filter(({ decision }) => decision === 'approve');
  const custody = json({ at: iso(pack.begunAt), what: 'exported', from: unit, to: one.receiver ?? '', by: nameOf(pack.operatorId), witness: pack.witness, copy: pack.copy, request: one.number });
  const { timestamps, stampRemark } = await stamped(context, checkpoint);
  const clock = await context.machineClock();
  const input: BundleInput = {
    number: pack.number, copy: pack.copy, at: pack.begunAt, utcOffsetMinutes: utcOffsetMinutes(timeZone, one.from), origin, unit: { name: unit, url: '', mac: '' }, operator: nameOf(pack.operatorId), clips,
    records: [
      { name: 'request.json', text: requestRecord(one, nameOf(one.applicantId)) },
      { name: 'approvals.json', text: json(signatures.map(({ personId, decision, comment, signedAt, method, signed, digest, evidence }) => ({ name: nameOf(personId), decision, comment, signedAt: iso(signedAt), method, signed: Buffer.from(signed).toString('utf8'), digest, evidence }))) },
      { name: 'life.jsonl', text: steps.map(({ act, state, at, by, note }) => json({ act, state, at: iso(at), by: by === 'server' ? by : nameOf(by), note })).join('') },
      { name: 'access-log.jsonl', text: await accessLog(db, one) },
      { name: 'clauses.json', text: json([...one.clauses]) },
      { name: 'clock.json', text: clockRecord(clock, pack.begunAt) },
    ],
    custody, facts: [...facts], checkpoint, anchors: [...anchors], timestamps, verifierPage: await context.verifierPage(), signer: context.signer,
    report: {
      requestedBy: [nameOf(one.applicantId), one.department, one.unit, one.viewer ?? ''].filter((text) => text !== '').join(' · '), requestNumber: one.number,
      approvals: agreed.map(({ personId, signedAt, method, comment }) => [nameOf(personId), timeText(signedAt, timeZone), method === 'webauthn' ? '通行密钥签名 passkey' : '口令加动态码 password and code', comment].filter((text) => text !== '').join(' · ')),
      reason: `${reasonWords(one.reasonClass).zh}：${one.reason}（${one.purpose ?? ''}）`, receivedBy: one.receiver ?? '',
      devices: footage.map(({ label, files: own }) => ({ label, model: '', clockOffsetMs: medianOf(own.map(({ cameraClockOffsetMs }) => cameraClockOffsetMs)) })),
      clockSource: clockSourceText(clock), remarks: `${stampRemark}${anchors.length === 0 ? '；没有交出过锚点 · no anchor was given out before' : `；已交出的锚点 ${anchors.length} 个，见 proof/anchors.jsonl · ${anchors.length} anchors were given out before`}`,
    },
  };
  return { input, segments: files.length };
};
