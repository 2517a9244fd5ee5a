/** The archive: everything that is filed, what of it is not complete, what is overdue; searched by its index. */
import { useState } from 'react';
import { Button, Segmented } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ArchiveClass, archiveList, ArchiveState, type ArchiveItemRow } from '../../../../../contract/evidence-archive.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import '../evidence.css';

type List = 'all' | 'incomplete' | 'overdue';
const listOf = (text: string): List => (text === 'incomplete' || text === 'overdue' ? text : 'all');

const ArchivePage = () => {
  const { t } = useTranslation('archive');
  const navigate = useNavigate();
  const list = listOf(useSearchText('list'));
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState('');
  const [state, setState] = useState('');
  const [page, setPage] = useState(1);
  const query = { list, page, ...(search.trim() === '' ? {} : { search: search.trim() }), ...(kind === '' ? {} : { class: ArchiveClass.parse(kind) }), ...(state === '' ? {} : { state: ArchiveState.parse(state) }) };
  const { data, error, refetch } = useEndpoint(archiveList, { query }, { keepOld: true });
  const first = <T,>(set: (value: T) => void) => (value: T): void => {
    set(value);
    setPage(1);
  };
  const acts = (
    <>
      {data?.can['file'] === true && <Link to={'/footage/archive/file'} className="footage-link footage-first">{t('file')}</Link>}
      <Link to={'/footage/archive/custody'} className="footage-link">{t('custody')}</Link>
      <Link to={'/footage/archive/days'} className="footage-link">{t('days')}</Link>
      {data?.can['register'] === true && <Link to={'/footage/archive/register'} className="footage-link">{t('register')}</Link>}
      <Link to={'/footage'} className="footage-link">{t('back')}</Link>
    </>
  );
  const counts = data?.counts;
  return (
    <Page title={t('title')} about={t('about')} acts={acts}>
      <Panel>
        <div className="toolbar">
          <Segmented
            options={(['all', 'incomplete', 'overdue'] as const).map((value) => ({ value, label: t(`list.${value}`, { count: counts?.[value] ?? 0 }) }))} value={list} aria-label={t('list.choose')}
            onChange={(chosen) => { setPage(1); void navigate({ to: '/footage/archive', search: { list: chosen } }); }}
          />
          <input className="search" type="search" value={search} maxLength={100} placeholder={t('list.search')} aria-label={t('list.search')} onChange={(event) => first(setSearch)(event.target.value)} />
          <select className="search footage-select" value={kind} aria-label={t('column.class')} onChange={(event) => first(setKind)(event.target.value)}>
            <option value="">{t('list.anyClass')}</option>
            {ArchiveClass.options.map((one) => <option key={one} value={one}>{t(`class.${one}`)}</option>)}
          </select>
          <select className="search footage-select" value={state} aria-label={t('column.state')} onChange={(event) => first(setState)(event.target.value)}>
            <option value="">{t('list.anyState')}</option>
            {ArchiveState.options.map((one) => <option key={one} value={one}>{t(`state.${one}`)}</option>)}
          </select>
          {counts?.completePercent != null && <span className="dim">{t('list.complete', { percent: counts.completePercent })}</span>}
        </div>
        <Rows rows={data?.items} error={error} retry={() => void refetch()} empty={t(`list.empty_${list}`)} />
        {data !== undefined && data.pages > 1 && (
          <nav className="footage-buttons" aria-label={t('list.page', { page: data.page, pages: data.pages })}>
            <Button disabled={page <= 1} onClick={() => setPage(page - 1)}>{t('list.before')}</Button>
            <span>{t('list.page', { page: data.page, pages: data.pages })}</span>
            <Button disabled={page >= data.pages} onClick={() => setPage(page + 1)}>{t('list.after')}</Button>
          </nav>
        )}
      </Panel>
    </Page>
  );
};

const Rows = ({ rows, error, retry, empty }: { rows: readonly ArchiveItemRow[] | undefined; error: unknown; retry: () => void; empty: string }) => {
  const { t } = useTranslation('archive');
  const say = useSay();
  const moment = useMoment();
  const span = useSpan();
  const columns: Column<ArchiveItemRow>[] = [
    { key: 'number', title: t('column.number'), render: (one) => <Link to={'/footage/archive/item'} search={{ id: one.itemId }} className="footage-number">{one.number}</Link>, order: (one) => one.number },
    { key: 'class', title: t('column.class'), render: (one) => t(`class.${one.class}`) },
    { key: 'title', title: t('column.title'), render: (one) => <span className="footage-words">{one.title === '' ? t('none') : one.title}</span> },
    { key: 'case', title: t('column.caseNumber'), render: (one) => (one.caseNumber === '' ? t('none') : one.caseNumber) },
    { key: 'footage', title: t('column.footage'), render: (one) => (one.from === null || one.until === null ? t(`source.${one.source}`) : <div>{one.camera}<br /><span className="tabular dim">{span(one.from, one.until)}</span></div>) },
    { key: 'place', title: t('column.place'), render: (one) => (one.place === '' ? t('none') : one.place) },
    { key: 'state', title: t('column.state'), render: (one) => <div><span className="footage-state">{t(`state.${one.state}`)}</span>{one.overdue && <div className="footage-late">{t('overdue')}</div>}{one.held && one.state !== 'destroyed' && <div className="dim footage-state">{t('held')}</div>}</div> },
    { key: 'missing', title: t('column.missing'), render: (one) => (one.missing.length === 0 ? t('none') : <span className="footage-wants">{one.missing.map(say).join(t('and'))}</span>) },
    { key: 'filed', title: t('column.filed'), render: (one) => <div>{one.filedBy}<br /><span className="tabular dim">{moment(one.filedAt)}</span></div>, order: (one) => one.filedAt },
  ];
  return <DataTable caption={t('title')} rows={rows} columns={columns} rowKey={(one) => one.itemId} error={error} retry={retry} empty={<Empty what={empty} />} />;
};

export default ArchivePage;
