/** A value of a parameter as people read it, with the words and units that the server sends. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParameterValue } from '../../../../../contract/parameters.ts';
import { unitText } from '../cite-text.ts';
import { useSay } from '../../../ui/say.ts';

export interface ShownWords {
  units: Readonly<Record<string, { zh: string; en: string }>>;
  words: Readonly<Record<string, { zh: string; en: string }>>;
}

export const useShow = (known: ShownWords | undefined): ((value: ParameterValue, unit: string | null) => string) => {
  const { t, i18n } = useTranslation('parameters');
  const say = useSay();
  return useCallback((value: ParameterValue, unit: string | null): string => {
    const word = (token: string): string => {
      const found = known?.words[token];
      return found === undefined ? token : say(found);
    };
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    if (typeof value === 'number') {
      const named = unit === null ? undefined : known?.units[unit];
      return named === undefined ? String(value) : `${value} ${unitText(value, say(named))}`;
    }
    if (typeof value === 'string') return value === '' ? '—' : word(value);
    return value.length === 0 ? '—' : value.map(word).join(i18n.language.startsWith('zh') ? '、' : ', ');
  }, [known, say, t, i18n.language]);
};
