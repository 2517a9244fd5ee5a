/** What a person has put on the wall, for each window of their console: kept in this browser, so that a reload changes nothing. */
import { useCallback, useState } from 'react';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { readChoice, type WallChoice } from './wall-layout.ts';

/** 1: the console itself; others stand on further monitors. */
export const useWindowNumber = (): number => {
  const number = Number(useSearchText('window'));
  return Number.isInteger(number) && number >= 2 && number <= 16 ? number : 1;
};

export const useWallChoice = (): [WallChoice, (choice: WallChoice) => void] => {
  const { person } = useSession();
  const window = useWindowNumber();
  const key = `vigil.wall.${person.personId}${window === 1 ? '' : `.${String(window)}`}`;
  const [choice, setChoice] = useState<WallChoice>(() => readChoice(localStorage.getItem(key)));
  return [
    choice,
    useCallback(
      (next) => {
        localStorage.setItem(key, JSON.stringify(next));
        setChoice(next);
      },
      [key],
    ),
  ];
};

/** A window for the next monitor; one that is open already comes to the front. */
export const openNextWindow = (number: number): void => {
  window.open(`/wall?window=${String(number + 1)}`, `vigil-wall-${String(number + 1)}`, 'popup');
};
