/** Dark and light. By default the system's wish, and dark for the console frames; a person's own choice beats both and is kept in this browser. */
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale/index.js';
import { antTheme, tokenSheet } from './tokens.ts';
import type { ThemeName } from './tokens.ts';

export type ThemeChoice = ThemeName | 'system';

interface Theme {
  name: ThemeName;
  choice: ThemeChoice;
  choose: (choice: ThemeChoice) => void;
}
const ThemeContext = createContext<Theme | null>(null);

const storageKey = (who: string): string => `vigil.theme.${who}`;
const stored = (who: string): ThemeChoice => {
  const value = localStorage.getItem(storageKey(who));
  return value === 'dark' || value === 'light' ? value : 'system';
};

const darkWish = matchMedia('(prefers-color-scheme: dark)');
const onDarkWish = (listener: () => void): (() => void) => {
  darkWish.addEventListener('change', listener);
  return () => darkWish.removeEventListener('change', listener);
};

/** Once, before anything is drawn. */
export const installTokens = (): void => {
  const sheet = document.createElement('style');
  sheet.textContent = tokenSheet();
  document.head.prepend(sheet);
  document.documentElement.dataset['theme'] = darkWish.matches ? 'dark' : 'light';
};

export const ThemeProvider = ({ who, frame, locale, children }: { who: string; frame: 'console' | 'office' | 'bare'; locale: Locale; children: ReactNode }) => {
  const [chosen, setChosen] = useState<{ who: string; choice: ThemeChoice }>(() => ({ who, choice: stored(who) }));
  const choice = chosen.who === who ? chosen.choice : stored(who);
  const systemDark = useSyncExternalStore(onDarkWish, () => darkWish.matches);
  // A monitoring room is dark: the console stays dark unless the person has asked for light.
  const name: ThemeName = choice === 'system' ? (systemDark || frame === 'console' ? 'dark' : 'light') : choice;
  useEffect(() => {
    document.documentElement.dataset['theme'] = name;
  }, [name]);
  const theme = useMemo<Theme>(
    () => ({
      name,
      choice,
      choose: (next) => {
        if (next === 'system') localStorage.removeItem(storageKey(who));
        else localStorage.setItem(storageKey(who), next);
        setChosen({ who, choice: next });
      },
    }),
    [name, choice, who],
  );
  const config = useMemo(() => antTheme(name), [name]);
  return (
    <ThemeContext value={theme}>
      <ConfigProvider theme={config} locale={locale} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
        {children}
      </ConfigProvider>
    </ThemeContext>
  );
};

export const useTheme = (): Theme => {
  const theme = useContext(ThemeContext);
  if (theme === null) throw new Error('useTheme outside of ThemeProvider');
  return theme;
};
