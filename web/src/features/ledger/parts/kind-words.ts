/** Kinds of facts in words. A kind that this window does not know yet is shown by its internal name. */
import { useTranslation } from 'react-i18next';
import { zh } from '../locale.zh-CN.ts';

type Key = keyof typeof zh.kinds;
const known = Object.keys(zh.kinds) as Key[];
/** Dots separate groups in locale keys, hence the dash. */
const kindOf = (key: Key): string => key.replace('-', '.');

export const useKindWords = (): { all: readonly { kind: string; word: string }[]; wordOf: (kind: string) => string } => {
  const { t } = useTranslation('ledger');
  const all = known.map((key) => ({ kind: kindOf(key), word: t(`kinds.${key}`) }));
  return { all, wordOf: (kind) => all.find((one) => one.kind === kind)?.word ?? kind };
};
