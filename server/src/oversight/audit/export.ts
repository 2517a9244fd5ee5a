/** The answer to a question as a file. Handing it out is a signed fact with the hash of the file, before the file is given. */
import { createHash } from 'node:crypto';
import type { exportActs } from '../../../../contract/audit.ts';
import type { z } from 'zod';
import { actorOf, type Caller } from '../../mechanisms/identity/index.ts';
import type { Bytes } from '../../platform/http/route.ts';
import type { AuditContext } from './context.ts';
import { actsExported } from './events.ts';
import { askedOf } from './question.ts';
import { auditRefusals } from './refusals.ts';
import { searchActs, viewOf, type ActView } from './search.ts';

const mostActs = 50_000;
const pageSize = 1_000;

/** A cell that a spreadsheet would run as a formula is marked as text. */
export const csvCell = (value: string | number): string => {
  const text = typeof value === 'number' ? String(value) : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const heads = ['序号 seq', '时间 time (UTC)', '人员 who', '岗位 post', '种类 kind', '对象 subject', '事情', 'what', '内容 body', '叶哈希 leaf hash'];

/** With a mark at the beginning by which Excel knows UTF-8. */
export const csvOf = (acts: readonly ActView[]): string => {
  const rows = acts.map((act) => [act.seq, new Date(act.at).toISOString(), act.actor.name, act.actor.post ?? '', act.kind, act.subject, act.zh, act.en, JSON.stringify(act.body), act.leafHash]);
  return `\ufeff${[heads, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
};

const gather = async (context: AuditContext, siteId: string, question: z.output<typeof exportActs.body>['question']): Promise<ActView[]> => {
  const all: ActView[] = [];
  for (let before: number | undefined; ; ) {
    const found = await searchActs(context, context.database.db, { siteId, question, before, limit: pageSize });
    all.push(...found.acts.map((fact) => viewOf(fact, found.names)));
    if (all.length > mostActs) throw auditRefusals('too_many', { limit: mostActs });
    if (found.next === null) return all;
    before = found.next;
  }
};

export const exportFile = async (context: AuditContext, caller: Caller, { question, format, reason }: z.output<typeof exportActs.body>): Promise<Bytes> => {
  const { siteId, roomId } = caller;
  const acts = await gather(context, siteId, question);
  const now = context.clock.now();
  const file = format === 'csv' ? csvOf(acts) : `${JSON.stringify({ question: askedOf(question), exportedAt: now, by: caller.name, acts }, null, 1)}\n`;
  const sha256 = createHash('sha256').update(file).digest('hex');
  const seqs = acts.map(({ seq }) => seq);
  const body = { ...askedOf(question), format, reason, count: acts.length, fromSeq: seqs.at(-1) ?? 0, untilSeq: seqs[0] ?? 0, sha256 };
  await context.database.transaction((tx) => context.ledger.append(tx, { event: actsExported, siteId, roomId, actor: actorOf(caller), subject: siteId, body, at: now }));
  return {
    contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    headers: { 'content-disposition': `attachment; filename="vigil-acts-${new Date(now).toISOString().slice(0, 10)}.${format}"`, 'x-content-sha256': sha256 },
    body: file,
  };
};
