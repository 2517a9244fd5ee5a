/** 中文 / English, each in its own writing. */
import { useLanguage } from './say.ts';

export const LanguageSwitch = ({ onChoose }: { onChoose: (language: 'zh-CN' | 'en') => void }) => {
  const language = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="language-switch" lang={other} onClick={() => onChoose(other)}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
};
