/** Figures and targets as people read them. */
import { useTranslation } from 'react-i18next';
import type { FigureView } from '../../../../../contract/compliance.ts';

const digits = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(value >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2));

export const useFigureText = () => {
  const { t } = useTranslation('compliance');
  const numberText = (unit: FigureView['unit'], value: number): string => {
    if (unit === 'percent') return `${digits(value)} %`;
    if (unit === 'count') return digits(value);
    return t(`figure.${unit}`, { n: digits(value) });
  };
  return {
    numberText,
    valueText: ({ unit, value }: Pick<FigureView, 'unit' | 'value'>): string => (value === null ? t('figure.nothing') : numberText(unit, value)),
    targetText: ({ unit, target, better }: Pick<FigureView, 'unit' | 'target' | 'better'>): string => t(better === 'higher' ? 'figure.atLeast' : 'figure.atMost', { value: numberText(unit, target) }),
  };
};
