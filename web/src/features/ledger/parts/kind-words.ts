/** Kinds of facts in words, grouped for the filter. A kind without a word (newer than this window, or seldom) goes by the sentence of a fact that was seen. */
import { useTranslation } from 'react-i18next';
import { zh } from '../locale.zh-CN.ts';

type Key = keyof typeof zh.kinds;
export type Group = keyof typeof zh.groups;
const known = Object.keys(zh.kinds) as Key[];
/** Dots separate groups in locale keys, hence the dash. */
const kindOf = (key: Key): string => key.replace('-', '.');
const groupOf = (kind: string): Group => {
  const module = kind.split('.')[0] ?? '';
  return module !== 'other' && module in zh.groups ? (module as Group) : 'other';
};

export interface KindGroup {
  group: Group;
  kinds: readonly { kind: string; word: string }[];
}

/** `seen`: kind → sentence of the facts on the page. */
export const useKinds = (seen: ReadonlyMap<string, string>): readonly KindGroup[] => {
  const { t } = useTranslation('ledger');
  const words = new Map(known.map((key) => [kindOf(key), t(`kinds.${key}`)]));
  for (const [kind, sentence] of seen) if (!words.has(kind)) words.set(kind, sentence);
  const groups = Object.keys(zh.groups) as Group[];
  return groups
    .map((group) => ({ group, kinds: [...words].filter(([kind]) => groupOf(kind) === group).map(([kind, word]) => ({ kind, word })) }))
    .filter(({ kinds }) => kinds.length > 0);
};
