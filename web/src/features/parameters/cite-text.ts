/** A clause or version as people cite it, instead of its internal name. Pure. */
type Language = 'zh-CN' | 'en';

/** BRN-9.1 → BRN 9.1 */
export const clauseText = (id: string): string => id.replace('-', ' ');

export const versionText = (version: number, language: Language): string => (language === 'zh-CN' ? `第${version}版` : `version ${version}`);

/** brn@1#BRN-9.1 → BRN 9.1 · 第1版; what is no citation stays as it is. */
export const citeText = (cite: string, language: Language): string => {
  const found = /^[a-z0-9-]+@(\d+)#(.+)$/.exec(cite);
  return found === null ? cite : `${clauseText(found[2] ?? '')} · ${versionText(Number(found[1]), language)}`;
};

/** Clauses of one regulation stand together: 《…》第九条（9.1）、第十条（10）. Texts as the server names them. */
export const groupedTitles = (titles: readonly { zh: string; en: string }[], language: Language): string => {
  const groups = new Map<string, string[]>();
  for (const title of titles) {
    const [whole, name = '', place = ''] = language === 'zh-CN' ? (/^(《.+》)(.*)$/.exec(title.zh) ?? [title.zh]) : (/^(.+), clause (.+)$/.exec(title.en) ?? [title.en]);
    const key = name === '' ? whole : name;
    groups.set(key, [...(groups.get(key) ?? []), ...(place === '' ? [] : [place])]);
  }
  const lines = [...groups].map(([name, places]) => (places.length === 0 ? name : language === 'zh-CN' ? `${name}${places.join('、')}` : `${name}, ${places.length === 1 ? 'clause' : 'clauses'} ${places.join(', ')}`));
  return lines.join(language === 'zh-CN' ? '；' : '; ');
};

/** 1 person, 2 persons; signs such as h or °C never change. */
export const unitText = (value: number, unit: string): string => (value === 1 && /^[a-z]{3,}s$/.test(unit) ? unit.slice(0, -1) : unit);
