/** Register of copies: all that were made, whatever became of them. Read when somebody asks, since reading it is on record. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { copyRegister, PackageState } from '../../../../../contract/evidence-copies.ts';
import { call } from '../../../app/client.ts';
import { Page } from '../../../ui/page.tsx';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { RegisterPages, useRegisterSpan } from '../parts/register-frame.tsx';
import { useMoment } from '../parts/use-words.ts';
import '../evidence.css';

type Register = z.output<typeof copyRegister.response>;
const endings: ReadonlySet<string> = new Set(['returned', 'wiped', 'destroyed']);

const CopiesPage = () => {
  const { t } = useTranslation('evidence');
  const { span, fields } = useRegisterSpan();
  const [search, setSearch] = useState('');
  const [state, setState] = useState('');
  const [shown, setShown] = useState<Register | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = async (page: number): Promise<void> => {
    setError(null);
    try {
      setShown(await call(copyRegister, { query: { ...span, page, ...(search.trim() === '' ? {} : { search: search.trim() }), ...(state === '' ? {} : { state: PackageState.parse(state) }) } }));
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <Page title={t('copies.register.title')} about={t('copies.register.about')} acts={<Link to={'/footage'} className="no-print footage-link">{t('back')}</Link>}>
      <form className="toolbar no-print" onSubmit={(event) => { event.preventDefault(); void read(1); }}>
        {fields}
        <select className="search footage-select" value={state} aria-label={t('copies.register.state')} onChange={(event) => setState(event.target.value)}>
          <option value="">{t('copies.register.anyState')}</option>
          {PackageState.options.map((one) => <option key={one} value={one}>{t(`copies.state.${one}`)}</option>)}
        </select>
        <input className="search" type="search" value={search} maxLength={100} placeholder={t('copies.register.search')} aria-label={t('copies.register.search')} onChange={(event) => setSearch(event.target.value)} />
        <Button type="primary" htmlType="submit">{t('register.show')}</Button>
        {shown !== null && <Button onClick={() => print()}>{t('register.print')}</Button>}
      </form>
      {error !== null && <RefusalBanner error={error} />}
      {shown?.total === 0 && <Empty what={t('copies.register.empty')} />}
      {shown !== null && shown.total > 0 && <Sheet register={shown} go={(page) => void read(page)} />}
    </Page>
  );
};

const Sheet = ({ register: shown, go }: { register: Register; go: (page: number) => void }) => {
  const { t } = useTranslation('evidence');
  const moment = useMoment();
  return (
    <article className="f5 tabular">
      <header>
        <h2>{shown.site} · {shown.room} · {t('copies.register.title')}</h2>
        <p>{t('copies.register.total', { count: shown.total })} · {t('register.page', { page: shown.page, pages: shown.pages })}</p>
      </header>
      <table>
        <thead>
          <tr>{(['number', 'request', 'state', 'made', 'hash', 'receiver', 'medium', 'end'] as const).map((column) => <th key={column} scope="col">{t(`copies.register.${column}`)}</th>)}</tr>
        </thead>
        <tbody>
          {shown.rows.map((row) => {
            const handed = row.custody.findLast(({ act }) => act === 'handed_over');
            const ended = row.custody.findLast(({ act }) => endings.has(act));
            return (
              <tr key={row.packageId}>
                <td>{row.number}</td>
                <td><Link to={'/footage/request'} search={{ id: row.requestId }}>{row.request}</Link></td>
                <td>{t(`copies.state.${row.state}`)}{row.overdue && <div className="footage-late">{t('late')}</div>}</td>
                <td><div>{row.operator}</div><div>{moment(row.begunAt)}</div></td>
                <td><code className="copy-code">{row.fileSha256 ?? ''}</code></td>
                <td><div>{row.receiver ?? ''}</div><div>{row.purpose}</div></td>
                <td><div>{handed?.medium ?? ''}</div><div>{handed?.signatureSha256 === null || handed === undefined ? '' : t('copies.register.signed')}</div></td>
                <td>{ended === undefined ? (row.returnBy === null ? '' : moment(row.returnBy)) : <><div>{t(`copies.act.${ended.act}`)}</div><div>{moment(ended.at)}</div><div>{[ended.by, ended.second].filter((part) => part !== '').join('、')}</div></>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <footer><p>{t('register.handSign')}________________</p><p>{t('register.madeAt', { time: moment(shown.madeAt) })}</p></footer>
      <RegisterPages page={shown.page} pages={shown.pages} go={go} />
    </article>
  );
};

export default CopiesPage;
