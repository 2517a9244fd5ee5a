/** The locale files as the pure functions of fact-words.ts want them. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import type { FactWords } from './fact-words.ts';

export const useFactWords = (): FactWords => {
  const { t, i18n } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  return useMemo(
    () => ({
      timeZone,
      english: i18n.language === 'en',
      word: (key) => {
        const [namespace = '', name = ''] = key.includes(':') ? key.split(':') : ['ledger', key];
        const found: unknown = i18n.getResource(i18n.language, namespace, name);
        return typeof found === 'string' ? found : null;
      },
      phrase: (key, holes) => t(key, holes),
    }),
    [t, i18n, timeZone],
  );
};
