/** Register of the archive on A4 and as CSV. It is read when somebody asks, since reading it is on record. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { ArchiveClass, archiveRegister, archiveRegisterCsv } from '../../../../../contract/evidence-archive.ts';
import { addressOf, call } from '../../../app/client.ts';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { RegisterPages, useRegisterSpan } from '../parts/register-frame.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import '../evidence.css';

type Register = z.output<typeof archiveRegister.response>;

const ArchiveRegisterPage = () => {
  const { t } = useTranslation('archive');
  const { t: tOf } = useTranslation('evidence');
  const { span, fields } = useRegisterSpan();
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState('');
  const [shown, setShown] = useState<Register | null>(null);
  const [error, setError] = useState<unknown>(null);
  const query = { ...span, ...(search.trim() === '' ? {} : { search: search.trim() }), ...(kind === '' ? {} : { class: ArchiveClass.parse(kind) }) };
  const read = async (page: number): Promise<void> => {
    setError(null);
    try {
      setShown(await call(archiveRegister, { query: { ...query, page } }));
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <Page title={t('reg.title')} about={t('reg.about')} acts={<Link to={'/footage/archive'} className="no-print footage-link">{t('backToList')}</Link>}>
      <form className="toolbar no-print" onSubmit={(event) => { event.preventDefault(); void read(1); }}>
        {fields}
        <select className="search footage-select" value={kind} aria-label={t('column.class')} onChange={(event) => setKind(event.target.value)}>
          <option value="">{t('list.anyClass')}</option>
          {ArchiveClass.options.map((one) => <option key={one} value={one}>{t(`class.${one}`)}</option>)}
        </select>
        <input className="search" type="search" value={search} maxLength={100} placeholder={t('list.search')} aria-label={t('list.search')} onChange={(event) => setSearch(event.target.value)} />
        <Button type="primary" htmlType="submit">{tOf('register.show')}</Button>
        <a className="footage-link" href={addressOf(archiveRegisterCsv.path, {}, query)} download>{t('reg.csv')}</a>
        {shown !== null && <Button onClick={() => print()}>{tOf('register.print')}</Button>}
      </form>
      {error !== null && <RefusalBanner error={error} />}
      {shown?.total === 0 && <Empty what={t('reg.empty')} />}
      {shown !== null && shown.total > 0 && <Sheet register={shown} go={(page) => void read(page)} />}
    </Page>
  );
};

const Sheet = ({ register: shown, go }: { register: Register; go: (page: number) => void }) => {
  const { t } = useTranslation('archive');
  const { t: tOf } = useTranslation('evidence');
  const say = useSay();
  const moment = useMoment();
  const span = useSpan();
  const lines = (parts: readonly string[]) => parts.filter((part) => part !== '').map((part, index) => <div key={`${index} ${part}`}>{part}</div>);
  return (
    <article className="f5 tabular">
      <header>
        <h2>{shown.site} · {shown.room} · {t('reg.title')}</h2>
        <p>{t('reg.total', { count: shown.total })} · {t('list.page', { page: shown.page, pages: shown.pages })}</p>
      </header>
      <table>
        <thead>
          <tr>{[t('column.number'), t('column.class'), t('column.title'), t('column.footage'), t('column.place'), t('column.state'), t('reg.hash'), t('reg.releases'), t('reg.chain')].map((head) => <th key={head} scope="col">{head}</th>)}</tr>
        </thead>
        <tbody>
          {shown.rows.map((row) => (
            <tr key={row.itemId}>
              <td><Link to={'/footage/archive/item'} search={{ id: row.itemId }}>{row.number}</Link>{lines([moment(row.filedAt), row.filedBy])}</td>
              <td>{lines([t(`class.${row.class}`), t(`source.${row.source}`)])}</td>
              <td>{lines([row.title, row.caseNumber, row.words])}</td>
              <td>{lines([row.camera, row.from === null || row.until === null ? '' : span(row.from, row.until)])}</td>
              <td>{lines([row.place, row.custodian])}</td>
              <td>{lines([t(`state.${row.state}`), row.held ? t('held') : '', row.overdue ? t('overdue') : '', row.missing.map(say).join(t('and'))])}</td>
              <td><code className="copy-code">{row.sha256}</code></td>
              <td>{lines(row.releases.map(({ how, approvers, receiver, place }) => [t(`how.${how}`), approvers.join('、'), receiver, place].filter((part) => part !== '').join(' ')))}</td>
              <td>{lines(row.custody.map(({ act, at, by, to }) => [moment(at), t(`act.${act}`), by, to].filter((part) => part !== '').join(' ')))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer><p>{tOf('register.handSign')}________________</p><p>{tOf('register.madeAt', { time: moment(shown.madeAt) })}</p></footer>
      <RegisterPages page={shown.page} pages={shown.pages} go={go} />
    </article>
  );
};

export default ArchiveRegisterPage;
