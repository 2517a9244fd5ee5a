/** The clause board: how many clauses are kept, breached, due; found by regulation, theme, state and words; each leads to its page. */
import { useDeferredValue, useMemo, useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readBoard } from '../../../../../contract/compliance.ts';
import type { ClauseRow, ClauseState } from '../../../../../contract/compliance.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../compliance.css';
import { BoardFilters } from '../parts/board-filters.tsx';
import { PeriodFields } from '../parts/period-fields.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { usePeriod } from '../parts/use-period.ts';
import type { ChosenPeriod } from '../parts/use-period.ts';

const states: readonly ClauseState[] = ['breached', 'evidence_due', 'satisfied', 'no_control', 'not_applicable'];
const order = new Map(states.map((state, index) => [state, index]));
const atOnce = 100;

const BoardPage = () => {
  const { t } = useTranslation('compliance');
  const period = usePeriod();
  const board = useEndpoint(readBoard, { query: { from: period.from, until: period.until } }, { keepOld: true });
  return (
    <Page title={t('title')} about={t('about')} acts={<Link to="/compliance/figures">{t('figures')}</Link>}>
      {board.error !== null && <RefusalBanner error={board.error} retry={() => void board.refetch()} />}
      {board.data === undefined ? board.error === null && <Loading /> : <Board data={board.data} period={period} />}
    </Page>
  );
};

type BoardData = { seq: number; clauses: ClauseRow[]; regulations: { pack: string; title: { zh: string; en: string }; adopted: boolean }[] };

const useShown = (data: BoardData, adoptedOnly: boolean, found: string) => {
  const [pack, theme, state] = [useSearchText('regulation'), useSearchText('theme'), useSearchText('state')];
  const narrowed = useMemo(() => {
    const adopted = new Set(data.regulations.filter((one) => one.adopted).map((one) => one.pack));
    const words = found.toLowerCase().split(/\s+/).filter((word) => word !== '');
    return data.clauses.filter(
      (clause) =>
        (pack === '' ? !adoptedOnly || adopted.has(clause.pack) : clause.pack === pack) &&
        (theme === '' || clause.theme === theme) &&
        words.every((word) => `${clause.id} ${clause.zh} ${clause.en}`.toLowerCase().includes(word)),
    );
  }, [data, adoptedOnly, pack, theme, found]);
  const shown = useMemo(() => narrowed.filter((clause) => state === '' || clause.state === state).toSorted((a, b) => (order.get(a.state) ?? 9) - (order.get(b.state) ?? 9)), [narrowed, state]);
  return { narrowed, shown, state };
};

const Board = ({ data, period }: { data: BoardData; period: ChosenPeriod }) => {
  const { t } = useTranslation('compliance');
  const hasAdopted = data.regulations.some(({ adopted }) => adopted);
  const [search, setSearch] = useState('');
  const found = useDeferredValue(search);
  const { narrowed, shown, state } = useShown(data, hasAdopted, found);
  const [limit, setLimit] = useState(atOnce);
  return (
    <>
      {!hasAdopted && <Notice priority="medium">{t('noneAdopted')}</Notice>}
      <div className="board-counts" role="group" aria-label={t('state')}>
        {states.map((one) => (
          <button key={one} type="button" aria-pressed={state === one} onClick={() => period.choose({ state: state === one ? '' : one })}>
            <strong>{narrowed.filter((clause) => clause.state === one).length}</strong> <StateMark state={one} />
          </button>
        ))}
      </div>
      <div className="toolbar board-filters">
        <input className="search" type="search" value={search} placeholder={t('search')} aria-label={t('search')} onChange={({ target }) => setSearch(target.value)} />
        <BoardFilters regulations={data.regulations} themes={[...new Set(data.clauses.map(({ theme }) => theme))]} adoptedOnly={hasAdopted} choose={period.choose} />
        <PeriodFields period={period} />
      </div>
      <p className="dim board-note">
        {t('shown', { shown: Math.min(limit, shown.length), all: shown.length })} · {t('basis', { seq: data.seq })}
      </p>
      {shown.length === 0 ? <Empty what={t('empty')} /> : <Clauses rows={shown.slice(0, limit)} period={period} />}
      {shown.length > limit && <Button onClick={() => setLimit(limit + atOnce)}>{t('more', { count: Math.min(atOnce, shown.length - limit) })}</Button>}
    </>
  );
};

const Clauses = ({ rows, period }: { rows: readonly ClauseRow[]; period: ChosenPeriod }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const search = { from: period.fromDay, until: period.untilDay };
  const heads = ['clause', 'text', 'state', 'responsible', 'evidence'] as const;
  return (
    <table className="data-table">
      <caption className="only-read">{t('caption')}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className={head === 'evidence' ? 'numeric' : undefined}>
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((clause) => (
          <tr key={clause.id} className={clause.state === 'not_applicable' ? 'row-dimmed' : undefined}>
            <td data-title={t('clause')}>
              <Link className="clause-id" to="/compliance/clause" search={{ id: clause.id, ...search }}>
                {clause.id}
              </Link>
            </td>
            <td data-title={t('text')}>{say(clause)}</td>
            <td data-title={t('state')}>
              <StateMark state={clause.state} />
            </td>
            <td data-title={t('responsible')}>{say(clause.responsible)}</td>
            <td data-title={t('evidence')} className="numeric">
              {clause.evidence}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export default BoardPage;
