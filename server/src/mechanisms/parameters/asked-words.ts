/** What a request of this mechanism says to who must agree: names of regulations, clauses, rooms and people's words instead of ids and digests. */
import type { z } from 'zod';
import type { AdoptionForm, ChangeForm, EndAdoptionForm, OptOutForm, SettleForm, WaiveForm } from '../../../../contract/parameters.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { ApprovalDetail } from '../approvals/index.ts';
import { questions as people } from '../identity/index.ts';
import { optionOf, placeOf } from './adoption.ts';
import { entryOf, splitName } from './catalogue.ts';
import { clauseTitleOf } from './clause-titles.ts';
import type { ParametersContext } from './context.ts';
import { packBy } from './decide-adoption.ts';
import type { Pack } from './pack.ts';
import { readProfile } from './profile.ts';
import { showValue } from './show.ts';
import { findPack, tables } from './store.ts';
import type { ParameterValue } from './value.ts';

type Body<S extends z.ZodType> = z.output<S>;

const packWords = (pack: Pack): Sentence => ({ zh: `《${pack.titles.zh}》第 ${pack.version} 版`, en: `“${pack.titles.en}” version ${pack.version}` });

const roomWords = async (db: Db, roomId: string | null): Promise<Sentence> => {
  if (roomId === null) return { zh: '全部监控室', en: 'all rooms' };
  const place = await people.place(db);
  const found = place === null ? undefined : (await people.roomsOf(db, place.site.siteId)).find((room) => room.roomId === roomId);
  return { zh: found?.name ?? '—', en: found?.name ?? '—' };
};

const adoptedPack = async (db: Db, adoptionId: string): Promise<Pack | null> => {
  const row = await tables(db).selectFrom('parameters.adoptions').select('digest').where('adoption_id', '=', adoptionId).executeTakeFirst();
  return row === undefined ? null : ((await findPack(db, row.digest))?.pack ?? null);
};

/** Of a pack by its name: as it is adopted, else as it is shipped. */
const packNamed = async (context: ParametersContext, db: Db, packId: string): Promise<Pack | null> => {
  const row = await tables(db).selectFrom('parameters.adoptions as a').innerJoin('parameters.packs as p', 'p.digest', 'a.digest').select('p.digest').where('p.pack_id', '=', packId).orderBy('a.decided_at', 'desc').limit(1).executeTakeFirst();
  const stored = row === undefined ? null : await findPack(db, row.digest);
  return stored?.pack ?? context.shipped.packs.find(({ id }) => id === packId) ?? null;
};

const clauseWords = async (context: ParametersContext, db: Db, packId: string, clauseId: string): Promise<Sentence> => {
  const pack = await packNamed(context, db, packId);
  const words = pack?.clauses.find(({ id }) => id === clauseId);
  const title = pack === null ? { zh: clauseId, en: clauseId } : clauseTitleOf(pack, clauseId);
  return words === undefined ? title : { zh: `${title.zh}：${words.zh}`, en: `${title.en}: ${words.en}` };
};

const valueWords = (context: ParametersContext, name: string, value: ParameterValue): { title: Sentence; shown: Sentence } => {
  const { catalogue } = context.shipped;
  const { name: plain, clauseId } = splitName(name);
  if (!catalogue.entries.has(plain)) return { title: { zh: name, en: name }, shown: { zh: String(value), en: String(value) } };
  const entry = entryOf(catalogue, name);
  const own = clauseId === null ? '' : ` · ${clauseId.replace('-', ' ')}`;
  return { title: { zh: `${entry.zh}${own}`, en: `${entry.en}${own}` }, shown: showValue(catalogue, entry, value) };
};

const conflictWords = (context: ParametersContext, conflictId: string, key: string): { topic: Sentence; chosen: Sentence } => {
  const found = optionOf(context.shipped.conflicts, conflictId, key);
  return found === null ? { topic: { zh: conflictId, en: conflictId }, chosen: { zh: key, en: key } } : { topic: found.conflict, chosen: found.option };
};

const line = (zh: string, en: string, value: ApprovalDetail['value']): ApprovalDetail => ({ title: { zh, en }, value });
const begins = (from: number | null): ApprovalDetail => line('生效', 'From', from === null ? { zh: '批准后立即', en: 'as soon as it is agreed' } : { at: from });

export const changeDetails = (context: ParametersContext) => async (db: Db, { name, value, roomId, from }: Body<typeof ChangeForm>): Promise<ApprovalDetail[]> => {
  const { title, shown } = valueWords(context, name, value);
  return [line('参数', 'Parameter', title), line('改为', 'Becomes', shown), line('适用', 'For', await roomWords(db, roomId)), begins(from)];
};

const placeWords = async (db: Db, form: AdoptionForm): Promise<Sentence> => {
  const { nodeId, roomId } = placeOf(form);
  if (nodeId === null) return roomWords(db, roomId);
  const row = await tables(db).selectFrom('parameters.profiles').select('profile').orderBy('version', 'desc').limit(1).executeTakeFirst();
  const name = (row === undefined ? [] : readProfile(row.profile).organisation).find((node) => node.nodeId === nodeId)?.name ?? '—';
  return { zh: name, en: name };
};

export const adoptionDetails = (context: ParametersContext) => async (db: Db, form: AdoptionForm): Promise<ApprovalDetail[]> => {
  const packs = await Promise.all(form.packs.map((digest) => packBy(context, db, digest)));
  const waived = await Promise.all(form.waivers.map(async (one) => ({ ...one, clause: await clauseWords(context, db, one.packId, one.clauseId) })));
  return [
    ...packs.map((pack) => line('制度', 'Regulation', packWords(pack))), line('适用', 'For', await placeWords(db, form)), begins(form.from),
    ...form.settlements.map(({ conflictId, option }) => {
      const { topic, chosen } = conflictWords(context, conflictId, option);
      return { title: { zh: `冲突：${topic.zh}`, en: `Conflict: ${topic.en}` }, value: { zh: chosen.zh, en: chosen.en } };
    }),
    ...form.decisions.map(({ name, value }) => {
      const { title, shown } = valueWords(context, name, value);
      return { title, value: shown };
    }),
    ...waived.flatMap(({ clause, reason, reviewAt }) => [
      line('暂不适用', 'Set aside', { zh: `${clause.zh}（理由：${reason}）`, en: `${clause.en} (reason: ${reason})` }), line('复审日期', 'Reviewed before', { at: reviewAt }),
    ]),
  ];
};

export const endWords = async (db: Db, { adoptionId }: Pick<Body<typeof EndAdoptionForm>, 'adoptionId'>): Promise<Sentence> => {
  const pack = await adoptedPack(db, adoptionId);
  return pack === null ? { zh: '废止一份制度', en: 'end of a regulation' } : { zh: `废止${packWords(pack).zh}`, en: `end of ${packWords(pack).en}` };
};

export const optOutWords = async (db: Db, { adoptionId, roomId }: Body<typeof OptOutForm>): Promise<Sentence> => {
  const pack = await adoptedPack(db, adoptionId);
  const room = await roomWords(db, roomId);
  const what = pack === null ? { zh: '一份制度', en: 'a regulation' } : packWords(pack);
  return { zh: `${room.zh}不适用${what.zh}`, en: `${room.en} is let off ${what.en}` };
};

export const waiveDetails = (context: ParametersContext) => async (db: Db, { packId, clauseId, roomId, reviewAt }: Body<typeof WaiveForm>): Promise<ApprovalDetail[]> => [
  line('条款', 'Clause', await clauseWords(context, db, packId, clauseId)), line('适用', 'For', await roomWords(db, roomId)), line('复审日期', 'Reviewed before', { at: reviewAt }),
];

export const waiveWords = (context: ParametersContext) => async (db: Db, { packId, clauseId }: Body<typeof WaiveForm>): Promise<Sentence> => {
  const pack = await packNamed(context, db, packId);
  const title = pack === null ? { zh: clauseId, en: clauseId } : clauseTitleOf(pack, clauseId);
  return { zh: `${title.zh}暂不适用`, en: `${title.en} is set aside` };
};

export const settleWords = (context: ParametersContext) => ({ conflictId, option }: Pick<Body<typeof SettleForm>, 'conflictId' | 'option'>): Sentence => {
  const { topic, chosen } = conflictWords(context, conflictId, option);
  return { zh: `“${topic.zh}”按“${chosen.zh}”裁定`, en: `“${topic.en}” settled as “${chosen.en}”` };
};

export const settleDetails = (context: ParametersContext) => async (db: Db, { conflictId, option, roomId }: Body<typeof SettleForm>): Promise<ApprovalDetail[]> => {
  const { topic, chosen } = conflictWords(context, conflictId, option);
  const found = optionOf(context.shipped.conflicts, conflictId, option);
  const set = Object.entries(found?.option.values ?? {}).map(([name, value]) => {
    const { title, shown } = valueWords(context, name, value);
    return { title, value: shown };
  });
  return [line('冲突', 'Conflict', { zh: topic.zh, en: topic.en }), line('裁定', 'Settled as', { zh: chosen.zh, en: chosen.en }), line('适用', 'For', await roomWords(db, roomId)), ...set];
};
