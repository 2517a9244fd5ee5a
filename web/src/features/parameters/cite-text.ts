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

/** 1 person, 2 persons; signs such as h or °C never change. */
export const unitText = (value: number, unit: string): string => (value === 1 && /^[a-z]{3,}s$/.test(unit) ? unit.slice(0, -1) : unit);
