/** A citation as people name it: 《制度》第九条（9.1）, instead of pack@version#clause. */
import type { Sentence } from '../../base/refusal.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { ParametersContext } from './context.ts';
import type { Pack } from './pack.ts';
import { findPack, storedPacks } from './store.ts';

const citation = /^([a-z0-9-]+)@(\d+)#([A-Z0-9]{3}-.+)$/;
/** What a title says besides in brackets is left out where it is long. */
const longestBracket = 14;
const longestBracketEn = 28;

const without = (title: string, longest: number): string => title.replace(/^(第\d+篇 ?|附件\d+[:：] ?|(?:Part|Annex) \d+: )/, '').replace(/ ?[（(]([^（）()]*)[）)]/g, (whole, inner: string) => (inner.length > longest ? '' : whole));
/** 附件3:监控室管理规定(分公司/项目)及四个附件 → 监控室管理规定(分公司/项目) */
const nameOf = ({ titles }: Pack): Sentence => {
  const en = without(titles.en, longestBracketEn).replace(/ with .*$/, '');
  return { zh: without(titles.zh, longestBracket).replace(/及[一二三四五六七八九十]+个附件$/, ''), en: `${en.slice(0, 1).toUpperCase()}${en.slice(1)}` };
};

export const clauseTitleOf = (pack: Pack, clauseId: string): Sentence => {
  const number = clauseId.slice(clauseId.indexOf('-') + 1);
  const source = pack.clauses.find(({ id }) => id === clauseId)?.source;
  const place = source?.startsWith(`${pack.prefix} `) === true ? source.slice(pack.prefix.length + 1).trim() : '';
  const name = nameOf(pack);
  return { zh: place === '' ? `《${name.zh}》${number}` : `《${name.zh}》${place}（${number}）`, en: `${name.en}, clause ${number}` };
};

/** In the order asked; what is no citation of a known pack stays as it is. */
export const clauseTitles = async (context: Pick<ParametersContext, 'shipped'>, db: Db, cites: readonly string[]): Promise<Sentence[]> => {
  const wanted = new Set(cites.flatMap((cite) => citation.exec(cite)?.slice(1, 3).join('@') ?? []));
  const known = new Map<string, Pack>(context.shipped.packs.flatMap((pack) => (wanted.has(`${pack.id}@${pack.version}`) ? [[`${pack.id}@${pack.version}`, pack] as const] : [])));
  if (known.size < wanted.size) {
    for (const { digest, packId, version } of await storedPacks(db)) {
      const key = `${packId}@${version}`;
      const found = wanted.has(key) && !known.has(key) ? await findPack(db, digest) : null;
      if (found !== null) known.set(key, found.pack);
    }
  }
  return cites.map((cite) => {
    const [, packId = '', version = '', clauseId = ''] = citation.exec(cite) ?? [];
    const pack = known.get(`${packId}@${version}`);
    return pack === undefined ? { zh: cite, en: cite } : clauseTitleOf(pack, clauseId);
  });
};

/** Clauses by number or citation, named by the first pack that has them. */
export const titlesOf = (packs: readonly Pack[], said: readonly string[]): Record<string, Sentence> =>
  Object.fromEntries(
    [...new Set(said)].flatMap((text) => {
      const [, packId = null, version = '', clauseId = text] = citation.exec(text) ?? [];
      const pack = packs.find((one) => (packId === null ? clauseId.startsWith(`${one.prefix}-`) : one.id === packId && String(one.version) === version));
      return pack === undefined ? [] : [[text, clauseTitleOf(pack, clauseId)] as const];
    }),
  );
