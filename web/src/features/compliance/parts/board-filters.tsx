/** Regulation and theme, kept in the address so that a view can be handed on. */
import { useTranslation } from 'react-i18next';
import { useSearchText } from '../../../app/use-search-text.ts';
import { useSay } from '../../../ui/say.ts';
import { useThemeWord } from './theme-words.ts';

export const BoardFilters = ({ regulations, themes, adoptedOnly, choose }: {
  regulations: readonly { pack: string; title: { zh: string; en: string }; adopted: boolean }[];
  themes: readonly string[];
  adoptedOnly: boolean;
  choose: (change: Record<string, string>) => void;
}) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const themeWord = useThemeWord();
  const words = themes.map((theme) => ({ theme, word: themeWord(theme) })).toSorted((a, b) => (a.word < b.word ? -1 : 1));
  return (
    <>
      <label>
        {t('regulation')}
        <select value={useSearchText('regulation')} onChange={({ target }) => choose({ regulation: target.value })}>
          <option value="">{t(adoptedOnly ? 'adoptedOnly' : 'allRegulations')}</option>
          {regulations.map(({ pack, title }) => (
            <option key={pack} value={pack}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('theme')}
        <select value={useSearchText('theme')} onChange={({ target }) => choose({ theme: target.value })}>
          <option value="">{t('allThemes')}</option>
          {words.map(({ theme, word }) => (
            <option key={theme} value={theme}>
              {word}
            </option>
          ))}
        </select>
      </label>
    </>
  );
};
