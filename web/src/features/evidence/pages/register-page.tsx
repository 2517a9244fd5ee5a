/** Register F5 on A4: the paper's own columns. It is read when somebody asks, since reading it is on record. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { register, registerCsv, RequestType } from '../../../../../contract/evidence.ts';
import { addressOf, call } from '../../../app/client.ts';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { RegisterPages, useRegisterSpan } from '../parts/register-frame.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import '../evidence.css';

type Register = z.output<typeof register.response>;
type Row = Register['rows'][number];

const RegisterPage = () => {
  const { t } = useTranslation('evidence');
  const { span, fields } = useRegisterSpan();
  const [search, setSearch] = useState('');
  const [type, setType] = useState('');
  const [shown, setShown] = useState<Register | null>(null);
  const [error, setError] = useState<unknown>(null);
  const query = { ...span, ...(search.trim() === '' ? {} : { search: search.trim() }), ...(type === '' ? {} : { type: RequestType.parse(type) }) };
  const read = async (page: number): Promise<void> => {
    setError(null);
    try {
      setShown(await call(register, { query: { ...query, page } }));
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <Page title={t('register.title')} about={t('register.about')} acts={<Link to={'/footage'} className="no-print footage-link">{t('back')}</Link>}>
      <form className="toolbar no-print" onSubmit={(event) => { event.preventDefault(); void read(1); }}>
        {fields}
        <select className="search footage-select" value={type} aria-label={t('column.type')} onChange={(event) => setType(event.target.value)}>
          <option value="">{t('register.anyType')}</option>
          {RequestType.options.map((one) => <option key={one} value={one}>{t(`type.${one}`)}</option>)}
        </select>
        <input className="search" type="search" value={search} maxLength={100} placeholder={t('list.search')} aria-label={t('list.search')} onChange={(event) => setSearch(event.target.value)} />
        <Button type="primary" htmlType="submit">{t('register.show')}</Button>
        <a className="footage-link" href={addressOf(registerCsv.path, {}, query)} download>{t('register.csv')}</a>
        {shown !== null && <Button onClick={() => print()}>{t('register.print')}</Button>}
      </form>
      {error !== null && <RefusalBanner error={error} />}
      {shown?.total === 0 && <Empty what={t('register.empty')} />}
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
        <h2>{shown.site} · {shown.room} · {t('register.title')}</h2>
        <p>{t('register.form', { form: shown.form })} · {t('register.total', { count: shown.total })} · {t('register.page', { page: shown.page, pages: shown.pages })}</p>
      </header>
      <table>
        <thead>
          <tr>
            {(['number', 'applicant', 'type', 'footage', 'reason', 'approval', 'viewing', 'result', 'keeper', 'remark'] as const).map((column) => <th key={column} scope="col">{t(`f5.${column}`)}</th>)}
          </tr>
        </thead>
        <tbody>{shown.rows.map((row) => <Line key={row.requestId} row={row} />)}</tbody>
      </table>
      <footer>
        <p>{t('register.handSign')}________________</p>
        <p>{t('register.madeAt', { time: moment(shown.madeAt) })}</p>
      </footer>
      <RegisterPages page={shown.page} pages={shown.pages} go={go} />
    </article>
  );
};

const lines = (parts: readonly string[]) => parts.filter((part) => part !== '').map((part, index) => <div key={`${index} ${part}`}>{part}</div>);

const Line = ({ row }: { row: Row }) => {
  const { t } = useTranslation('evidence');
  const say = useSay();
  const moment = useMoment();
  const span = useSpan();
  const viewer = row.viewerGroup === 'colleague' && row.viewer === '' ? [] : [`${t(`group.${row.viewerGroup}`)} ${row.viewer}`, row.viewerPaper];
  return (
    <tr>
      <td><Link to={'/footage/request'} search={{ id: row.requestId }}>{row.number}</Link>{lines([moment(row.submittedAt)])}</td>
      <td>{lines([row.applicant, row.position, row.department, row.unit, row.phone, ...viewer])}</td>
      <td>{t(`type.${row.type}`)}</td>
      <td>{lines([row.cameras.join('、'), row.place, span(row.from, row.until)])}</td>
      <td>{lines([t(`reason.${row.reasonClass}`), row.reason, row.paperNumber, row.purpose, row.receiver])}</td>
      <td>{lines(row.opinions.flatMap((one) => [`${say(one.role)} ${one.name}`, `${t(`decision.${one.decision}`)} ${moment(one.at)}`, one.comment]))}</td>
      <td>{lines([...row.viewings.flatMap((one) => [`${one.operator}${one.witness === '' ? '' : ` / ${one.witness}`}`, `${moment(one.from)}${one.until === null ? '' : ` – ${moment(one.until)}`}`]), row.playbacks === 0 ? '' : t('f5.playbacks', { count: row.playbacks })])}</td>
      <td>{row.result === null ? t(`state.${row.state}`) : lines([t(`outcome.${row.result.outcome}`), row.result.remark, `${row.result.by} ${moment(row.result.at)}`, row.result.late ? t('late') : ''])}</td>
      <td>{row.keeper}</td>
      <td>{lines([row.copies === null ? '' : t('f5.copies', { count: row.copies }), row.returnBy === null ? '' : moment(row.returnBy), row.remark])}</td>
    </tr>
  );
};

export default RegisterPage;
