/** The evidence of a clause and a period as a sheet or a file. Handing it out is a signed fact with the hash of what was handed out. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { EvidencePack } from '../../../../contract/compliance.ts';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import type { Period } from '../../base/judge.ts';
import { actorOf, type Caller } from '../../mechanisms/identity/index.ts';
import type { Bytes } from '../../platform/http/route.ts';
import { viewClause, type Engine } from './board.ts';
import type { ComplianceContext } from './context.ts';
import { evidencePrinted } from './events.ts';

type Pack = z.output<typeof EvidencePack>;
type Format = 'sheet' | 'json' | 'csv';

const csvCell = (value: string | number): string => {
  // A cell that a spreadsheet would run as a formula is marked as text.
  const text = typeof value === 'number' ? String(value) : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csvOf = ({ facts }: Pack['page']): string => {
  const rows = facts.map((fact) => [fact.seq, new Date(fact.at).toISOString(), fact.actor.name, fact.kind, fact.zh, fact.en, fact.leafHash]);
  return `\ufeff${[['序号 seq', '时间 time (UTC)', '人员 who', '种类 kind', '事情', 'what', '叶哈希 leaf hash'], ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
};

const make = async (context: ComplianceContext, engine: Engine, caller: Caller, ask: { clauseId: string; period: Period; format: Format }): Promise<{ pack: Pack; file: string }> => {
  const { clauseId, period, format } = ask;
  const { siteId, roomId } = caller;
  const { db } = context.database;
  const now = context.clock.now();
  const page = await viewClause(context, engine, { db, place: { siteId, roomId }, period, now }, { clauseId, withFacts: true });
  const file = format === 'csv' ? csvOf(page) : canonicalize({ ...period, madeAt: now, by: caller.name, page });
  const sha256 = createHash('sha256').update(file).digest('hex');
  const body = { clause: clauseId, cite: page.clause.cite, state: page.clause.state, ...period, facts: page.facts.length, format, sha256 };
  const clauses = page.clause.cite === null ? [] : [page.clause.cite];
  const { seq } = await context.database.transaction((tx) => context.ledger.append(tx, { event: evidencePrinted, siteId, roomId, actor: actorOf(caller), subject: clauseId, body, at: now, clauses }));
  const signed = await context.checkpointer.sign(siteId, 'sensitive');
  return { pack: { seq, madeAt: now, by: caller.name, ...period, page, checkpoint: signed.note, sha256 }, file };
};

export const evidenceSheet = async (context: ComplianceContext, engine: Engine, caller: Caller, ask: { clauseId: string; period: Period }): Promise<Pack> =>
  (await make(context, engine, caller, { ...ask, format: 'sheet' })).pack;

export const evidenceFile = async (context: ComplianceContext, engine: Engine, caller: Caller, ask: { clauseId: string; period: Period; format: 'json' | 'csv' }): Promise<Bytes> => {
  const { pack, file } = await make(context, engine, caller, ask);
  return {
    contentType: ask.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    headers: { 'content-disposition': `attachment; filename="vigil-${ask.clauseId}-${new Date(ask.period.until).toISOString().slice(0, 10)}.${ask.format}"`, 'x-content-sha256': pack.sha256 },
    body: file,
  };
};
