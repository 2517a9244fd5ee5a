/** Words of all features in both languages, Chinese first. A namespace is a feature: useTranslation('video'). Keys are typed from the Chinese file. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../../contract/identity.ts';
import { resources } from './resources.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: (typeof resources)['zh-CN'];
  }
}

const storageKey = 'vigil.language';

/** Before anybody is signed in: what was chosen here last, else the browser's, else Chinese. */
export const firstLanguage = (): Language => {
  const kept = localStorage.getItem(storageKey);
  if (kept === 'zh-CN' || kept === 'en') return kept;
  return navigator.language.startsWith('zh') || !navigator.language.startsWith('en') ? 'zh-CN' : 'en';
};

export const startI18n = async (language: Language): Promise<void> => {
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'zh-CN',
    defaultNS: 'app',
    interpolation: { escapeValue: false }, // React escapes
  });
};

export const switchLanguage = async (language: Language): Promise<void> => {
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
};
