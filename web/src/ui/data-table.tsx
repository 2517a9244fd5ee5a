/** A table with its four other states, a search, sortable heads; on a phone each row becomes a card. Plain HTML: light, printable, readable by screen readers. */
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, RefusalBanner } from './states.tsx';
import { found, sorted } from './table-order.ts';
import type { Order } from './table-order.ts';

export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** Makes the head a button that sorts. */
  order?: (row: Row) => string | number;
  numeric?: boolean;
}

export const DataTable = <Row,>({ caption, rows, columns, rowKey, searchText, empty, error, retry, tools, dimmed }: {
  /** For screen readers: what this table lists. */
  caption: string;
  /** Undefined while the first answer is awaited. */
  rows: readonly Row[] | undefined;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** What of a row the search looks at; without it there is no search box. */
  searchText?: (row: Row) => string;
  empty: ReactNode;
  error: unknown;
  retry?: () => void;
  tools?: ReactNode;
  dimmed?: (row: Row) => boolean;
}) => {
  const { t } = useTranslation('ui');
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Order | null>(null);
  const shown = useMemo(() => {
    const kept = searchText === undefined ? (rows ?? []) : found(rows ?? [], search, searchText);
    const by = columns.find(({ key }) => key === order?.key)?.order;
    return order === null || by === undefined ? kept : sorted(kept, by, order.descending);
  }, [rows, search, searchText, order, columns]);

  if (rows === undefined) return error === null || error === undefined ? <Loading /> : <RefusalBanner error={error} retry={retry} />;
  return (
    <>
      {error !== null && error !== undefined && <RefusalBanner error={error} retry={retry} />}
      {(tools !== undefined || (searchText !== undefined && rows.length > 0)) && (
        <div className="toolbar">
          {searchText !== undefined && (
            <input className="search" type="search" value={search} placeholder={t('search')} aria-label={t('search')} onChange={(event) => setSearch(event.target.value)} />
          )}
          {tools}
        </div>
      )}
      {rows.length === 0 && empty}
      {rows.length > 0 && shown.length === 0 && <Empty what={t('searchNothing', { text: search })} />}
      {shown.length > 0 && (
        <table className="data-table">
          <caption className="only-read">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.key} column={column} order={order} choose={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)} className={dimmed?.(row) === true ? 'row-dimmed' : undefined}>
                {columns.map((column) => (
                  <td key={column.key} data-title={column.title} className={column.numeric === true ? 'numeric' : undefined}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};

const Head = <Row,>({ column, order, choose }: { column: Column<Row>; order: Order | null; choose: (order: Order) => void }) => {
  const mine = order?.key === column.key ? order : null;
  const sort = mine === null ? undefined : mine.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={column.numeric === true ? 'numeric' : undefined} aria-sort={sort}>
      {column.order === undefined ? (
        column.title
      ) : (
        <button type="button" onClick={() => choose({ key: column.key, descending: mine?.descending === false })}>
          {column.title}
          <span className="order-mark" aria-hidden="true">{mine === null ? ' ↕' : mine.descending ? ' ↓' : ' ↑'}</span>
        </button>
      )}
    </th>
  );
};
