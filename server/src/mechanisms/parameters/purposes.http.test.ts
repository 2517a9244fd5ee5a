/** Purposes that the documents state: each is bound to figures with targets, or the adoption waits for a signed waiver. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adoptPacks, viewProfile, type AdoptionReport } from '../../../../contract/parameters.ts';
import { openParametersRoom, people, type ParametersRoom } from './testing/parameters-room.ts';

const stated = [
  ['saf', 'SAF-1.2'], ['cor', 'COR-1.2'], ['gen', 'GEN-1.2'], ['art', 'ART-1'], ['art', 'ART-3.1'], ['art', 'ART-3.2'], ['art', 'ART-3.3'], ['art', 'ART-3.4'], ['res', 'RES-1.1'], ['co2', 'CO2-1.1'],
  ['sc2', 'SC2-1'], ['brn', 'BRN-1'],
] as const;

let room: ParametersRoom;
/** Reports by pack: without figures, with a waiver for each purpose, with figures. */
const bare = new Map<string, AdoptionReport>();
const waived = new Map<string, AdoptionReport>();
const bound = new Map<string, AdoptionReport>();
const refused = new Map<string, { status: number; text: string }>();

const placeOf = (packId: string) => (packId === 'brn' ? { kind: 'room' as const, roomId: room.roomId } : { kind: 'site' as const });

beforeAll(async () => {
  room = await openParametersRoom();
  await room.approveProfile((profile) => ({ ...profile, purposes: [] }));
  for (const packId of new Set(stated.map(([id]) => id))) {
    const form = await room.form([packId], { place: placeOf(packId) });
    const reviewAt = room.clock.now() + 90 * 86_400_000;
    bare.set(packId, await room.report(form));
    waived.set(packId, await room.report({ ...form, waivers: stated.filter(([id]) => id === packId).map(([, clauseId]) => ({ packId, clauseId, reason: '尚无看板', reviewAt })) }));
    const answer = await room.ask(people.leader, adoptPacks, { body: { ...(await room.complete(form)), reason: '采用' } });
    refused.set(packId, { status: answer.status, text: JSON.stringify(answer.body) });
  }
  const { statedPurposes, figures } = await room.get(people.leader, viewProfile);
  await room.approveProfile((profile) => ({
    ...profile,
    purposes: statedPurposes.map(({ clause, zh, en, figures: keys }) => ({
      clause, zh, en, figures: figures.filter((figure) => keys.includes(figure.key)).map((figure) => ({ figure: figure.key, target: figure.target, better: figure.better })),
    })),
  }));
  for (const packId of bare.keys()) bound.set(packId, await room.report(await room.form([packId], { place: placeOf(packId) })));
});
afterAll(() => room.whole.close());

const proof = (packId: string, clause: string): void => {
  const cite = `${packId}@1#${clause}`;
  const gaps = (report: AdoptionReport | undefined) => report?.faults.filter((fault) => fault.code === 'purpose').map((fault) => fault.about);
  expect(gaps(bare.get(packId))).toContain(cite);
  expect(refused.get(packId)?.status).toBe(409);
  expect(refused.get(packId)?.text).toContain(cite);
  expect(gaps(waived.get(packId))).not.toContain(cite);
  expect(waived.get(packId)?.purposes.find((one) => one.clause === cite)).toMatchObject({ figures: 0, waived: true });
  expect(gaps(bound.get(packId))).toEqual([]);
  expect(bound.get(packId)?.purposes.find((one) => one.clause === cite)?.figures).toBeGreaterThan(1);
};

test('[SAF-1.2 PROFILE] each purpose is bound to figures, else adoption needs a signed waiver', () => proof('saf', 'SAF-1.2'));
test('[COR-1.2 PROFILE] a purpose without a figure is a gap that only a waiver lets pass', () => proof('cor', 'COR-1.2'));
test('[GEN-1.2 PROFILE] a purpose without a figure is a gap that only a waiver lets pass', () => proof('gen', 'GEN-1.2'));
test('[ART-1 PROFILE] a purpose without a figure is a gap that only a waiver lets pass', () => proof('art', 'ART-1'));
test('[ART-3.1 PROFILE] the principle of safety is bound to figures or waived', () => proof('art', 'ART-3.1'));
test('[ART-3.2 PROFILE] the principle of confidentiality is bound to figures or waived', () => proof('art', 'ART-3.2'));
test('[ART-3.3 PROFILE] the principle of efficiency is bound to figures or waived', () => proof('art', 'ART-3.3'));
test('[ART-3.4 PROFILE] the principle of economy is bound to figures or waived', () => proof('art', 'ART-3.4'));
test('[RES-1.1 PROFILE] a purpose without a figure is a gap that only a waiver lets pass', () => proof('res', 'RES-1.1'));
test('[CO2-1.1 PROFILE] a purpose without a figure is a gap that only a waiver lets pass', () => proof('co2', 'CO2-1.1'));
test('[SC2-1 PROFILE] a purpose without a figure is a gap that only a waiver lets pass', () => proof('sc2', 'SC2-1'));
test('[BRN-1 PROFILE] a purpose without a figure is a gap that only a waiver lets pass', () => proof('brn', 'BRN-1'));
