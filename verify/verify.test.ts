import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalFact, type Fact } from '../formats/fact/index.ts';
import { CompactRange, formatVerifierKey, leafHash, signCheckpoint, utf8, verifierKey } from '../formats/tlog/index.ts';
import { nodeCrypto, signerFromSeed } from '../formats/tlog/node-crypto.ts';
import { checkpointLine, ExportError, exportHeader, factLine, openExport, tellReport, verifyLedger, type FactRecord, type Report } from './index.ts';

const siteId = 'site_a';
const origin = `vigil/${siteId}`;
const signer = signerFromSeed(new Uint8Array(32).fill(3));
const start = 1_790_000_000_000;
const key = formatVerifierKey(verifierKey(nodeCrypto.sha256, origin, signer.publicKey));

const factAt = (seq: number): Fact => ({
  seq, recordedAt: start + seq * 1_000, at: start + seq * 1_000, siteId, roomId: null, actor: { kind: 'process', id: 'server', post: null, session: null },
  kind: seq === 1 ? 'ledger.opened' : 'test.happened', version: 1, subject: `thing_${seq}`, body: seq === 1 ? { origin, key } : { n: seq }, clauses: [],
});
const records = (count: number): FactRecord[] => Array.from({ length: count }, (_, i) => ({ seq: i + 1, canonical: utf8(canonicalFact(factAt(i + 1))), copies: null }));
const noteOver = (facts: readonly FactRecord[], at: number): string => {
  const range = new CompactRange(nodeCrypto.sha256);
  for (const { canonical } of facts) range.append(leafHash(nodeCrypto.sha256, typeof canonical === 'string' ? utf8(canonical) : canonical));
  return signCheckpoint(nodeCrypto, signer, { origin, size: facts.length, root: range.root(), extensions: [] }, at);
};
async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
const exportOf = (facts: readonly FactRecord[], notes: readonly string[]): string[] => [
  exportHeader(siteId, false), ...notes.map((note, i) => checkpointLine({ ordinal: i + 1, note, copies: null })), ...facts.map(factLine),
];
const verifyLines = async (lines: readonly string[], anchors = ''): Promise<Report> => verifyLedger(nodeCrypto, { ...(await openExport(each(lines))), anchors });

describe('the verifier on exports', { timeout: 60_000 }, () => {
  const facts = records(300);
  const note = noteOver(facts, start + 301_000);

  test('three verdicts', async () => {
    expect((await verifyLines(exportOf(facts, [note]), note)).sentence).toEqual({ zh: '完整，且有独立锚点', en: 'intact and anchored' });
    expect((await verifyLines(exportOf(facts, [note]))).sentence).toEqual({ zh: '完整，但没有独立锚点', en: 'intact, not independently anchored' });
    expect((await verifyLines(exportOf(facts.slice(0, -1), [note]))).sentence).toEqual({ zh: '被改动或不完整', en: 'altered or incomplete' });
  });

  test('an empty ledger is not called intact', async () => {
    expect((await verifyLines([exportHeader(siteId, false)])).verdict).toBe('altered_or_incomplete');
  });

  test('the report names what it did not check, in both languages', async () => {
    const report = await verifyLines(exportOf(facts, [note]), noteOver(facts.slice(0, 100), start + 100_500 + 500));
    expect(report).toMatchObject({ verdict: 'intact_and_anchored', anchoredSize: 100 });
    expect(tellReport(report, 'zh')).toContain('第 101 至 300 条没有外部锚点');
    expect(tellReport(report, 'en')).toContain('facts 101 to 300 have no outside anchor');
  });

  test('whatever single byte of a fact is changed, it is found', async () => {
    const lines = exportOf(facts.slice(0, 40), [noteOver(facts.slice(0, 40), start + 41_000)]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 39 }), fc.nat(), fc.integer({ min: 1, max: 255 }), async (i, at, flip) => {
        const canonical = utf8(canonicalFact(factAt(i + 1)));
        const where = at % canonical.length;
        const changed = canonical.with(where, canonical[where]! ^ flip);
        const report = await verifyLines(lines.with(i + 2, factLine({ seq: i + 1, canonical: changed, copies: null })));
        expect(report.verdict).toBe('altered_or_incomplete');
      }),
      { numRuns: 300 },
    );
  });

  test('whatever facts are dropped, doubled or moved, it is found', async () => {
    const few = facts.slice(0, 30);
    const signed = noteOver(few, start + 31_000);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('drop', 'double', 'move'), fc.nat({ max: 29 }), fc.nat({ max: 29 }), async (how, from, to) => {
        fc.pre(how !== 'move' || from !== to);
        const moved = few.toSpliced(from, how === 'double' ? 0 : 1);
        const altered = how === 'drop' ? moved : moved.toSpliced(to, 0, few[from]!);
        const renumbered = altered.map((record, i) => ({ ...record, seq: i + 1 }));
        for (const list of [altered, renumbered]) expect((await verifyLines(exportOf(list, [signed]))).verdict).toBe('altered_or_incomplete');
      }),
      { numRuns: 200 },
    );
  });

  test('a gap in the heartbeat is told, and does not condemn', async () => {
    const report = await verifyLines(exportOf(facts, [noteOver(facts.slice(0, 10), start + 10_000), note]));
    expect(report.findings.map((one) => one.code)).toEqual(['heartbeat_gap']);
    expect(report.verdict).toBe('intact_not_anchored');
  });

  test('a foreign anchor and rubbish among the anchors are told, not used', async () => {
    const foreign = signCheckpoint(nodeCrypto, signer, { origin: 'vigil/site_b', size: 1, root: new Uint8Array(32), extensions: [] }, start);
    const report = await verifyLines(exportOf(facts, [note]), `${foreign}\nthis is no checkpoint\n\n${note.slice(0, -20)}`);
    expect(report.findings.map((one) => one.code)).toEqual(['anchor_foreign', 'anchor_damaged', 'anchor_unreadable']);
    expect(report).toMatchObject({ verdict: 'intact_not_anchored', anchorsUsed: 0 });
  });

  test('fuzz: a damaged export is refused or judged, never a crash', async () => {
    const text = exportOf(facts.slice(0, 5), [noteOver(facts.slice(0, 5), start + 6_000)]).join('\n');
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat({ max: 12 }), fc.string({ maxLength: 6, unit: 'binary' }), async (at, cut, put) => {
        const from = at % text.length;
        const damaged = text.slice(0, from) + put + text.slice(from + cut);
        try {
          const report = await verifyLines(damaged.split('\n'));
          expect(['intact_not_anchored', 'altered_or_incomplete']).toContain(report.verdict);
        } catch (error) {
          expect(error).toBeInstanceOf(ExportError);
        }
      }),
      { numRuns: 800 },
    );
  });
});
