/** The parameters with the value in force, its clause, its limits and who may change it; also as they stood at a past minute. */
import { useMemo, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ruleTable, type RuleRow } from '../../../../../contract/parameters.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty, Notice } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import '../parameters.css';
import { citeText, clauseText, versionText } from '../cite-text.ts';
import { ChangeDialog, HistoryDialog } from '../parts/rule-dialogs.tsx';
import { SubNav } from '../parts/sub-nav.tsx';
import { useShow } from '../parts/use-show.ts';
import { siteInstant } from '../site-instant.ts';

const useColumns = (known: Parameters<typeof useShow>[0], open: (row: RuleRow, what: 'change' | 'history') => void, canChange: ReturnType<typeof useCan>): Column<RuleRow>[] => {
  const { t } = useTranslation('parameters');
  const { t: tApp } = useTranslation('app');
  const say = useSay();
  const show = useShow(known);
  const { site } = useSession();
  const language = useLanguage();
  return useMemo(() => {
    const limit = (row: RuleRow, side: 'floor' | 'ceiling'): string | null => {
      const found = row[side];
      if (found === null) return null;
      const word = row.type === 'number' ? side : 'bound';
      return t('inBrackets', { text: t(`rules.${word}`, { value: show(found.value, row.unit) }), more: found.clause === null ? say(found) : citeText(found.clause, language) });
    };
    return [
      { key: 'name', title: t('rules.name'), order: (row) => say(row), render: (row) => <span className="rule-name" title={row.name}><strong>{say(row)}</strong>{row.name.includes('@') && <span className="rule-small">{clauseText(row.name.replace(/^.*@/, ''))}</span>}</span> },
      { key: 'value', title: t('rules.value'), render: (row) => <span>{show(row.value, row.unit)}{row.open && <span className="rule-open"> · {t('rules.open')}</span>}</span> },
      {
        key: 'from', title: t('rules.from'), order: (row) => row.clause ?? row.source,
        render: (row) => <span className="rule-name"><span title={row.clause ?? undefined}>{row.clause !== null ? citeText(row.clause, language) : t(`rules.source.${row.source}`)}</span>{row.since > 0 && <span className="rule-small">{t('rules.since', { time: momentText(row.since, site.timeZone) })}</span>}</span>,
      },
      { key: 'limits', title: t('rules.limits'), render: (row) => <span className="rule-small">{[limit(row, 'floor'), limit(row, 'ceiling')].filter((one) => one !== null).join(t('semicolon')) || t('rules.none')}</span> },
      { key: 'who', title: t('rules.who'), render: (row) => <span className="rule-small">{row.change.map((role) => tApp(`role.${role}`)).join(t('comma'))} · {t(row.twoPersons ? 'rules.twoPersons' : 'rules.onePerson')}</span> },
      {
        key: 'acts', title: t('rules.acts'),
        render: (row) => (
          <span className="rule-acts">
            <ActButton can={canChange} onClick={() => open(row, 'change')} aria-label={`${t('rules.change')} ${say(row)}`}>{t('rules.change')}</ActButton>
            <Button type="text" onClick={() => open(row, 'history')} aria-label={`${t('rules.history')} ${say(row)}`}>{t('rules.history')}</Button>
          </span>
        ),
      },
    ];
  }, [t, tApp, say, show, site.timeZone, language, canChange, open]);
};

const pageSize = 50;

/** Every word of the search stands in its names, its clauses or its value as people read it. */
const searched = (rows: readonly RuleRow[], text: string, show: ReturnType<typeof useShow>): readonly RuleRow[] => {
  const words = text.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const said = `${row.name} ${row.zh} ${row.en} ${row.clause ?? ''} ${row.clauses.join(' ')} ${show(row.value, row.unit)}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
};

const RulesPage = () => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const canChange = useCan('parameters.change');
  const [when, setWhen] = useState('');
  const [search, setSearch] = useState('');
  const [count, setCount] = useState(pageSize);
  const [shown, setShown] = useState<{ row: RuleRow; what: 'change' | 'history' } | null>(null);
  const at = when === '' ? undefined : (siteInstant(when, site.timeZone) ?? undefined);
  const table = useEndpoint(ruleTable, { query: at === undefined ? {} : { at } }, { keepOld: true });
  const columns = useColumns(table.data, (row, what) => setShown({ row, what }), canChange);
  const show = useShow(table.data);
  const rows = useMemo(() => (table.data === undefined ? undefined : searched(table.data.rules, search, show)), [table.data, search, show]);
  const close = (): void => setShown(null);
  const adopted = table.data?.adopted ?? [];
  return (
    <Page title={t('title')} about={t('about')}>
      <SubNav />
      {at !== undefined && table.data !== undefined && <Notice priority="medium">{t('rules.past', { time: momentText(table.data.at, site.timeZone) })}</Notice>}
      <p>{t('pair', { name: t('rules.adopted'), text: adopted.length === 0 ? t('rules.nothingAdopted') : adopted.map((one) => t('inBrackets', { text: say(one), more: versionText(one.version, language) })).join(t('semicolon')) })}</p>
      <div className="toolbar">
        <input className="search" type="search" value={search} maxLength={120} placeholder={t('rules.search')} aria-label={t('rules.search')} onChange={(event) => setSearch(event.target.value)} />
        <label className="rule-when">
          {t('rules.when')} <input className="search" type="datetime-local" value={when} onChange={(event) => setWhen(event.target.value)} />
        </label>
        {when !== '' && <Button type="link" onClick={() => setWhen('')}>{t('rules.now')}</Button>}
      </div>
      <DataTable
        caption={t('rules.caption')} rows={rows?.slice(0, count)} columns={columns} rowKey={(row) => row.name} empty={<Empty what={t('rules.empty')} />} error={table.error}
        retry={() => void table.refetch()}
      />
      {rows !== undefined && rows.length > count && <Button onClick={() => setCount(count + pageSize)}>{t('rules.more', { count: rows.length - count })}</Button>}
      {shown?.what === 'change' && table.data !== undefined && <ChangeDialog row={shown.row} known={table.data} close={close} />}
      {shown?.what === 'history' && <HistoryDialog row={shown.row} close={close} />}
    </Page>
  );
};

export default RulesPage;
