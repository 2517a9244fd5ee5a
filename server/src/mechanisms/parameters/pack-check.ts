/** Reads a pack from YAML: a fault is told with line, path and reason. Pure; nothing of a pack is run, and aliases that grow are refused. */
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Sentence } from '../../base/refusal.ts';
import { kindFault, type Catalogue } from './catalogue.ts';
import { PackFile, type Pack } from './pack.ts';
import { sameValue, type ParameterValue } from './value.ts';

export interface PackFault extends Sentence {
  /** From 1. */
  line: number;
  path: string;
}

type Path = readonly (string | number)[];
const fault = (path: Path, zh: string, en: string) => ({ path, zh, en });

const parameterFaults = (catalogue: Catalogue, clause: Pack['clauses'][number], at: Path) => {
  const found: ReturnType<typeof fault>[] = [];
  for (const [name, value] of Object.entries(clause.parameters)) {
    const path = [...at, 'parameters', name];
    const entry = catalogue.entries.get(name);
    if (entry === undefined) found.push(fault(path, `没有参数“${name}”`, `there is no parameter "${name}"`));
    else if (value !== null) {
      const wrong = kindFault(entry, value);
      if (wrong !== null) found.push(fault(path, wrong.zh, wrong.en));
    }
  }
  clause.proposed.forEach((name, i) => {
    if (clause.parameters[name] === undefined) found.push(fault([...at, 'proposed', i], `“${name}”不在本条的参数中`, `"${name}" is no parameter of this clause`));
  });
  return found;
};

/** One document that says two things about a parameter for which there is no order contradicts itself; lists may add up, a person decides. */
const contradictions = (catalogue: Catalogue, pack: Pack) => {
  const said = new Map<string, { id: string; value: ParameterValue }>();
  return pack.clauses.flatMap((clause, index) =>
    Object.entries(clause.parameters).flatMap(([name, value]) => {
      const entry = catalogue.entries.get(name);
      if (value === null || clause.proposed.includes(name) || entry?.stricter !== 'choose' || entry.per_clause || entry.type === 'list') return [];
      const before = said.get(name);
      if (before === undefined) said.set(name, { id: clause.id, value });
      if (before === undefined || sameValue(before.value, value)) return [];
      return [fault(['clauses', index, 'parameters', name], `与 ${before.id} 自相矛盾：“${entry.zh}”两处不同，且没有宽严之分`, `contradicts ${before.id}: "${entry.en}" differs and neither side is stricter`)];
    }),
  );
};

const innerFaults = (catalogue: Catalogue, pack: Pack) => {
  const ids = new Set<string>();
  const found = pack.clauses.flatMap((clause, index) => {
    const at: Path = ['clauses', index];
    const own = parameterFaults(catalogue, clause, at);
    if (!clause.id.startsWith(`${pack.prefix}-`)) own.push(fault([...at, 'id'], `条款编号须以 ${pack.prefix}- 开头`, `clause ids begin with ${pack.prefix}-`));
    if (ids.has(clause.id)) own.push(fault([...at, 'id'], `${clause.id} 出现两次`, `${clause.id} stands there twice`));
    ids.add(clause.id);
    if (clause.annex !== undefined && !pack.annexes.some((one) => one.key === clause.annex)) own.push(fault([...at, 'annex'], `没有附件“${clause.annex}”`, `there is no annex "${clause.annex}"`));
    return own;
  });
  pack.purposes.forEach((purpose, index) => {
    if (!ids.has(purpose.clause)) found.push(fault(['purposes', index, 'clause'], `没有条款 ${purpose.clause}`, `there is no clause ${purpose.clause}`));
  });
  return [...found, ...contradictions(catalogue, pack)];
};

const spell = (path: Path): string => path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`), '');

/** The line of what a path names, or of the nearest thing above it that is there. */
const lineOf = (document: Document, lines: LineCounter, path: Path): number => {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
};

const pathOf = (issue: z.core.$ZodIssue): Path => {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  return issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
};
const wordsOf = (issue: z.core.$ZodIssue): Sentence => {
  if (issue.code === 'unrecognized_keys') return { zh: `不认识“${issue.keys.join('、')}”`, en: `"${issue.keys.join(', ')}" is not known here` };
  if (issue.code === 'invalid_type') return { zh: `类型不对，应为 ${issue.expected}`, en: `${issue.expected} is wanted` };
  return { zh: `不符合要求（${issue.message}）`, en: issue.message };
};

export const readPackText = (catalogue: Catalogue, text: string): { pack: Pack } | { faults: PackFault[] } => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) return { faults: [{ line: lines.linePos(broken.pos[0]).line, path: '', zh: `不是正确的 YAML（${broken.code}）`, en: broken.message.split('\n')[0] ?? 'no YAML' }] };
  const told = (path: Path, sentence: Sentence): PackFault => ({ line: lineOf(document, lines, path), path: spell(path), ...sentence });
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 0 });
  } catch {
    return { faults: [told([], { zh: '不许使用 YAML 别名', en: 'YAML aliases are not allowed' })] };
  }
  const parsed = PackFile.safeParse(plain);
  if (!parsed.success) return { faults: parsed.error.issues.map((issue) => told(pathOf(issue), wordsOf(issue))) };
  const faults = innerFaults(catalogue, parsed.data).map(({ path, zh, en }) => told(path, { zh, en }));
  return faults.length > 0 ? { faults } : { pack: parsed.data };
};
