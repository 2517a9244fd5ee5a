/** The body of a fact in words of the field: times in the site's zone, codes as people say them, ids left to the raw text. Pure. */
import { isHashed } from '../../../../../formats/fact/private-value.ts';
import { clockSecondsText, groupedHash, isoDateText, sizeText } from '../../../ui/time-format.ts';

export interface FactWords {
  timeZone: string;
  english: boolean;
  /** The word of a code in a group of the locale files (`fields.camera`, `app:role.auditor`), or null. */
  word: (key: string) => string | null;
  /** A phrase with holes, e.g. `days`. */
  phrase: (key: 'days' | 'seconds' | 'more', holes: Record<string, number | string>) => string;
}

const mostListed = 12;
const separator = (words: FactWords): string => (words.english ? ', ' : '、');

export const momentWithYear = (at: number, timeZone: string): string => `${isoDateText(at, timeZone)} ${clockSecondsText(at, timeZone)}`;

const isInstant = (key: string): boolean => key === 'from' || key === 'until' || key.endsWith('At');
const isHash = (key: string): boolean => ['sha256', 'root', 'digest'].includes(key);
/** Which groups of words the codes of a field come from, first match first. */
const codeGroups: Record<string, readonly string[]> = {
  roles: ['app:role'],
  rolesBefore: ['app:role'],
  reason: ['app:gapReason', 'codes'],
  outcome: ['app:probe', 'review.outcomes'],
  method: ['review.methods'],
  changed: ['changedFields'],
  source: ['codes'],
  how: ['codes'],
  what: ['codes'],
};

const numberText = (key: string, value: number, words: FactWords): string => {
  if (isInstant(key) && value > 0) return momentWithYear(value, words.timeZone);
  if (key === 'sizeBytes') return sizeText(value);
  if (key === 'retentionDays') return words.phrase('days', { days: value });
  if (key.endsWith('Ms')) return words.phrase('seconds', { seconds: (value / 1_000).toFixed(1) });
  return String(value);
};

const codeText = (key: string, value: string, words: FactWords): string => {
  if (isHash(key)) return groupedHash(value);
  if (key === 'kind') return words.word(`kinds.${value.replace('.', '-')}`) ?? value;
  for (const group of codeGroups[key] ?? []) {
    const word = words.word(`${group}.${value}`);
    if (word !== null) return word;
  }
  return value;
};

const listText = (key: string, values: readonly unknown[], words: FactWords): string => {
  if (values.length === 0) return '—';
  const shown = values.slice(0, mostListed).map((value) => valueText(key, value, words));
  const all = shown.join(values.some((value) => typeof value === 'object') ? '\n' : separator(words));
  return values.length > mostListed ? `${all}\n${words.phrase('more', { count: values.length })}` : all;
};

const isSentence = (value: object): value is { zh: string; en: string } => 'zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string';

const valueText = (key: string, value: unknown, words: FactWords): string => {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return words.word(value ? 'yes' : 'no') ?? String(value);
  if (typeof value === 'number') return numberText(key, value, words);
  if (typeof value === 'string') return codeText(key, value, words);
  if (Array.isArray(value)) return listText(key, value, words);
  if (isHashed(value)) return words.word('erased') ?? '—';
  if (typeof value !== 'object') return '—';
  if (isSentence(value)) return words.english ? value.en : value.zh;
  if ('from' in value && 'until' in value) return `${valueText('from', value.from, words)} – ${valueText('until', value.until, words)}`;
  return Object.entries(value)
    .filter(([part]) => words.word(`fields.${part}`) !== null)
    .map(([part, inner]) => valueText(part, inner, words))
    .join(' · ');
};

/** Pairs of name and text; what has no name in the field (ids above all) is left to the raw text. */
export const factRows = (body: Readonly<Record<string, unknown>>, words: FactWords): readonly (readonly [string, string])[] =>
  Object.entries(body).flatMap(([key, value]) => {
    const name = words.word(`fields.${key}`);
    return name === null ? [] : [[name, valueText(key, value, words)] as const];
  });

/** What a fact is about, by name instead of by id; null when the fact does not say. */
export const subjectName = (
  fact: { subject: string; body: Readonly<Record<string, unknown>>; actor: { id: string; name: string } },
  places: { site: { siteId: string; name: string }; room: { roomId: string; name: string } },
): string | null => {
  const { subject, body, actor } = fact;
  if (subject === places.site.siteId) return places.site.name;
  if (subject === places.room.roomId) return places.room.name;
  if (subject === actor.id) return actor.name;
  if (typeof body['camera'] === 'string') return body['camera'];
  if (typeof body['name'] !== 'string') return null;
  return typeof body['number'] === 'number' ? `${String(body['number']).padStart(2, '0')} ${body['name']}` : body['name'];
};
