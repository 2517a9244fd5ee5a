/** A sentence that comes in both languages, in the language of the screen. */
import { useTranslation } from 'react-i18next';
import { chinesePunctuation } from './chinese-punctuation.ts';

export const useSay = (): ((sentence: { zh: string; en: string }) => string) => {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  return (sentence) => (english ? sentence.en : chinesePunctuation(sentence.zh));
};
export const useLanguage = (): 'zh-CN' | 'en' => {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
};
