/** Kinds of facts in words, grouped for the filter. */
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

export const useKinds = (): readonly KindGroup[] => {
  const { t } = useTranslation('ledger');
  const words = known.map((key) => ({ kind: kindOf(key), word: t(`kinds.${key}`) }));
  const groups = Object.keys(zh.groups) as Group[];
  return groups
    .map((group) => ({ group, kinds: words.filter(({ kind }) => groupOf(kind) === group) }))
    .filter(({ kinds }) => kinds.length > 0);
};
