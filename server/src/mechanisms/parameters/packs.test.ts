/** The packs as shipped: whole, signed, in step with the catalogue; a pack with a fault is refused with its place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CatalogueFile, kindFault } from './catalogue.ts';
import { ConflictsFile, isTouched } from './conflict.ts';
import { FiguresFile } from './figure.ts';
import { packsFolder, shippedPacks } from './pack-files.ts';
import { readPackText } from './pack-check.ts';
import { PackClause, PackFile } from './pack.ts';
import { digestOf, judgeSignature } from './signature.ts';

const { packs, catalogue, conflicts, keys, figures } = shippedPacks();
const byId = (id: string) => packs.find((pack) => pack.id === id)!;
const regulations = ['saf', 'cor', 'bus', 'gen', 'art', 'sec', 'res', 'ten', 'co2', 'sch', 'sc2', 'brn'];

test('twelve regulations with 694 clauses, two laws, and every one is signed', () => {
  expect(regulations.reduce((sum, id) => sum + byId(id).clauses.length, 0)).toBe(694);
  expect(packs.map((pack) => pack.id).filter((id) => !regulations.includes(id))).toEqual(['decree-799', 'fire-control-room']);
  for (const pack of packs) expect(judgeSignature(pack, keys), pack.id).toEqual({ kind: 'signed', key: 'vigil-packs-1' });
});

test('one changed letter breaks the signature, a key that is not trusted is named', () => {
  const changed = { ...byId('brn'), titles: { ...byId('brn').titles, zh: '改' } };
  expect(judgeSignature(changed, keys)).toMatchObject({ kind: 'wrong' });
  expect(judgeSignature({ ...byId('brn'), signature: { key: 'somebody', value: 'AAAA' } }, keys)).toEqual({ kind: 'unknown_key', key: 'somebody' });
  expect(judgeSignature({ ...byId('brn'), signature: undefined }, keys)).toEqual({ kind: 'unsigned' });
});

test('every shipped pack is read again from its own export, word for word', () => {
  for (const pack of packs) {
    const read = readPackText(catalogue, stringify(pack, { lineWidth: 0, aliasDuplicateObjects: false }));
    if ('faults' in read) throw new Error(`${pack.id}: ${JSON.stringify(read.faults.slice(0, 3))}`);
    expect(digestOf(read.pack)).toBe(digestOf(pack));
  }
});

test('every word that a value may say has its name in both languages', () => {
  const tokens = [...catalogue.entries.values()].flatMap((entry) => [...(entry.options ?? []), ...(Array.isArray(entry.default) ? entry.default : [])]);
  const said = packs.flatMap((pack) => pack.clauses.flatMap((clause) => Object.values(clause.parameters))).flatMap((value) => (Array.isArray(value) ? value : typeof value === 'string' ? [value] : []));
  expect([...new Set([...tokens, ...said])].filter((token) => /^[a-z_]+$/.test(token) && catalogue.words[token] === undefined)).toEqual([]);
});

test('all 37 conflicts have options whose values are of the right kind, and clauses that exist', () => {
  expect(conflicts).toHaveLength(37);
  const ids = new Set(packs.flatMap((pack) => pack.clauses.map((clause) => clause.id)));
  for (const conflict of conflicts) {
    for (const id of [...conflict.clauses, ...conflict.options.flatMap((option) => option.clauses)]) expect(ids.has(id), `${conflict.id} ${id}`).toBe(true);
    for (const option of conflict.options) {
      for (const [name, value] of Object.entries(option.values)) {
        const entry = catalogue.entries.get(name)!;
        expect(kindFault(entry, value), `${conflict.id} ${name}`).toBeNull();
      }
    }
    if (conflict.type !== 'open') expect(conflict.options.filter((option) => option.clauses.length > 0).length, conflict.id).toBeGreaterThan(1);
  }
});

test('a contradiction is touched when two of its sides meet, an open question by one clause', () => {
  const meals = conflicts.find((one) => one.id === 'X01')!;
  expect(isTouched(meals, new Set(['SAF-2.4.1', 'GEN-3.3.2']))).toBe(false);
  expect(isTouched(meals, new Set(['SAF-2.4.1', 'BRN-9.2']))).toBe(true);
  expect(isTouched(conflicts.find((one) => one.id === 'X25')!, new Set(['BRN-9.1']))).toBe(true);
});

test('figures that purposes name exist', () => {
  const known = new Set(figures.map((one) => one.key));
  expect(packs.flatMap((pack) => pack.purposes.flatMap((one) => one.figures)).filter((key) => !known.has(key))).toEqual([]);
});

const small = (change: (text: string) => string): string =>
  change(stringify({
    format: 1, id: 'own-rules', prefix: 'OWN', kind: 'regulation', titles: { zh: '自定', en: 'own' }, version: 1, issued: null, effective: 'chosen_day', source: { name: '本站', verified: 'T' }, scope: 'any',
    clauses: ['OWN-1', 'OWN-2'].map((id, index) => ({
      id, source: `第${index + 1}条`, zh: '甲', en: 'a', kind: 'obligation', actor: 'monitor', theme: 'governance', treatment: 'evidence', capabilities: ['PROFILE'], proof: 'p', parameters: { eating_allowed: false },
    })),
  }));

test.each([
  ['broken YAML', (text: string) => text.replace('titles:', 'titles: ['), '', 5],
  ['an unknown key', (text: string) => text.replace('prefix: OWN', 'prefix: OWN\ncolour: red'), 'colour', 4],
  ['a parameter that nobody knows', (text: string) => text.replace('eating_allowed', 'dancing_allowed'), 'clauses[0].parameters.dancing_allowed', 0],
  ['a value of the wrong kind', (text: string) => text.replace('eating_allowed: false', 'eating_allowed: sometimes'), 'clauses[0].parameters.eating_allowed', 0],
  ['a clause of another prefix', (text: string) => text.replace('id: OWN-2', 'id: BRN-2'), 'clauses[1].id', 0],
  ['a pack that contradicts itself', (text: string) => text.replace(/eating_allowed: false(?![\s\S]*eating_allowed)/, 'eating_allowed: true'), 'clauses[1].parameters.eating_allowed', 0],
  ['aliases that grow', (text: string) => text.replace('actor: monitor', 'actor: &a monitor').replace(/theme: governance/, 'theme: *a'), '', 1],
])('%s is refused with its place', (_what, change, path, line) => {
  const text = small(change);
  const read = readPackText(catalogue, text);
  if (!('faults' in read)) throw new Error('it was taken');
  const [fault] = read.faults;
  expect(fault?.path).toBe(path);
  if (line > 0) expect(fault?.line).toBeLessThanOrEqual(line + 1);
  else expect(text.split('\n')[(fault?.line ?? 0) - 1]).toMatch(/dancing|sometimes|BRN-2|true/);
  expect(fault?.zh).toMatch(/[\u4e00-\u9fff]/);
});

test('the schemas beside the packs are those of the program', async () => {
  const schemas = { pack: PackFile.omit({ clauses: true }), clauses: z.array(PackClause), catalogue: CatalogueFile, conflicts: ConflictsFile, figures: FiguresFile, reasons: z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() })) };
  for (const [name, schema] of Object.entries(schemas)) {
    await expect(`${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`).toMatchFileSnapshot(join(packsFolder(), 'schema', `${name}.json`));
  }
  expect(readFileSync(join(packsFolder(), 'reasons.yaml'), 'utf8')).toContain('PROFILE');
});
