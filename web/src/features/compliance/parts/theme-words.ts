/** Themes of clauses in words; one that a newer pack brings goes by its own key. */
import { useTranslation } from 'react-i18next';
import { zh } from '../locale.zh-CN.ts';

type Theme = keyof typeof zh.themes;
const isTheme = (text: string): text is Theme => text in zh.themes;

export const useThemeWord = (): ((theme: string) => string) => {
  const { t } = useTranslation('compliance');
  return (theme) => (isTheme(theme) ? t(`themes.${theme}`) : theme);
};
