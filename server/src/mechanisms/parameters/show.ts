/** A value as the field says it, in both languages. Pure. */
import type { Sentence } from '../../base/refusal.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import type { ParameterValue } from './value.ts';

export const showValue = (catalogue: Catalogue, entry: CatalogueEntry, value: ParameterValue): Sentence => {
  const word = (token: string): Sentence => catalogue.words[token] ?? { zh: token, en: token };
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'number') {
    const unit = entry.unit === null ? null : catalogue.units[entry.unit];
    return unit === null || unit === undefined ? { zh: String(value), en: String(value) } : { zh: `${value} ${unit.zh}`, en: `${value} ${value === 1 && /^[a-z]{3,}s$/.test(unit.en) ? unit.en.slice(0, -1) : unit.en}` };
  }
  if (typeof value === 'string') return word(value);
  if (value.length === 0) return { zh: '无', en: 'none' };
  const words = value.map(word);
  return { zh: words.map((one) => one.zh).join('、'), en: words.map((one) => one.en).join(', ') };
};
