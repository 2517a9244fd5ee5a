/** A question to the acts: its filters as the ledger's, its key, and the record of having asked it. Pure. */
import { createHash } from 'node:crypto';
import type { AuditQuestion } from '../../../../contract/audit.ts';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import type { FactFilter } from '../../mechanisms/ledger/index.ts';
import { groupOf } from './groups.ts';

export const askedOf = ({ personId, cameraId, group, kind, text, seqs, from, until }: AuditQuestion) => ({
  personId: personId ?? null, cameraId: cameraId ?? null, group: group ?? null, kind: kind ?? null, text: text === undefined || text === '' ? null : text, seqs: seqs ?? null, from: from ?? null, until: until ?? null,
});

/** The same for every page of a question. */
export const keyOf = (question: AuditQuestion): string => createHash('sha256').update(canonicalize(askedOf(question))).digest('hex');

export const filterOf = (siteId: string, question: AuditQuestion, kinds: readonly string[]): Omit<FactFilter, 'limit'> => ({
  siteId,
  ...(question.kind === undefined ? {} : { kind: question.kind }),
  ...(question.group === undefined ? {} : { kinds: kinds.filter((kind) => groupOf(kind) === question.group) }),
  ...(question.personId === undefined ? {} : { actorId: question.personId }),
  ...(question.cameraId === undefined ? {} : { mentions: question.cameraId }),
  ...(question.seqs === undefined ? {} : { seqs: question.seqs.split('-').map(Number) }),
  from: question.from,
  until: question.until,
});

/** Whether the words stand in the sentence, in one of its languages, or in the name of who did it. */
export const speaksOf = (text: string, told: { sentence: { zh: string; en: string }; kind: string }, name: string): boolean => {
  const said = `${told.sentence.zh}\n${told.sentence.en}\n${name}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => said.includes(word));
};
