/** A field for a value of any type of parameter. */
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ParameterValue, RuleRow } from '../../../../../contract/parameters.ts';
import { useShow, type ShownWords } from './use-show.ts';

export const ValueField = ({ row, known, value, onChange, label }: {
  row: Pick<RuleRow, 'type' | 'unit' | 'options'>;
  known: ShownWords | undefined;
  value?: ParameterValue | undefined;
  onChange?: (value: ParameterValue) => void;
  label?: string;
}) => {
  const { t } = useTranslation('parameters');
  const show = useShow(known);
  const named = label === undefined ? {} : { 'aria-label': label };
  const set = (next: ParameterValue | null): void => {
    if (next !== null) onChange?.(next);
  };
  switch (row.type) {
    case 'flag':
      return <Select {...named} value={typeof value === 'boolean' ? value : null} options={[{ value: true, label: t('yes') }, { value: false, label: t('no') }]} onChange={set} />;
    case 'number':
      return <InputNumber {...named} value={typeof value === 'number' ? value : null} min={0} suffix={row.unit === null ? undefined : show(0, row.unit).replace(/^0 /, '')} style={{ width: '100%' }} onChange={set} />;
    case 'choice':
      return <Select {...named} value={typeof value === 'string' ? value : null} options={(row.options ?? []).map((option) => ({ value: option, label: show(option, null) }))} onChange={set} />;
    case 'list': {
      const list: readonly string[] = typeof value === 'object' ? value : [];
      const offered = [...new Set([...(row.options ?? []), ...list])];
      return <Select {...named} mode="tags" value={[...list]} options={offered.map((option) => ({ value: option, label: show(option, null) }))} onChange={(next: string[]) => set(next)} />;
    }
    case 'text':
      return <Input {...named} value={typeof value === 'string' ? value : ''} maxLength={200} onChange={(event) => set(event.target.value)} />;
  }
};
