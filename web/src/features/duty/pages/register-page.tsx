/** Register F2 on A4: the paper's own columns from the same data. It is read when somebody asks, since reading it is on record. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { register, registerCsv } from '../../../../../contract/duty.ts';
import { addressOf, call } from '../../../app/client.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { clockText, groupedHash, isoDateText, momentText } from '../../../ui/time-format.ts';
import '../duty.css';

type Register = z.output<typeof register.response>;

const RegisterPage = () => {
  const { t } = useTranslation('duty');
  const { site } = useSession();
  const today = isoDateText(useServerNow(60_000), site.timeZone);
  const [day, setDay] = useState(today);
  const [shown, setShown] = useState<Register | null>(null);
  const [error, setError] = useState<unknown>(null);
  const span = { from: dayStart(day, site.timeZone) ?? 0, until: dayEnd(day, site.timeZone) ?? 0 };
  const read = async (): Promise<void> => {
    setError(null);
    try {
      setShown(await call(register, { query: span }));
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <Page title={t('register.title')} about={t('register.about')} acts={<Link to={'/duty'} className="no-print">{t('register.back')}</Link>}>
      <div className="toolbar no-print">
        <label htmlFor="register-day">{t('register.day')}</label>
        <input id="register-day" className="search" type="date" max={today} value={day} onChange={(event) => setDay(event.target.value)} />
        <Button type="primary" onClick={() => void read()}>
          {t('register.show')}
        </Button>
        <a className="ant-btn-like" href={addressOf(registerCsv.path, {}, span)} download>
          {t('register.csv')}
        </a>
        {shown !== null && <Button onClick={() => print()}>{t('register.print')}</Button>}
      </div>
      {error !== null && <RefusalBanner error={error} />}
      {shown?.shifts.length === 0 && <Empty what={t('register.empty')} />}
      {shown?.shifts.map((one) => <Sheet key={one.shift.shiftId} sheet={one} register={shown} />)}
    </Page>
  );
};

const Sheet = ({ sheet, register: { site: siteName, room, form, madeAt } }: { sheet: Register['shifts'][number]; register: Register }) => {
  const { t } = useTranslation('duty');
  const say = useSay();
  const { site } = useSession();
  const moment = (at: number): string => momentText(at, site.timeZone).slice(0, 11);
  const { shift, onPost, sections, entries, alarms, tasks } = sheet;
  return (
    <article className="sheet tabular">
      <header>
        <h2>
          {siteName} · {room} · {t('register.title')}
        </h2>
        <p>
          {t('register.form', { form })} · {t('register.shift')} {shift.number} · {isoDateText(shift.openedAt, site.timeZone)} · {moment(shift.openedAt)} – {shift.closedAt === null ? t('register.open') : moment(shift.closedAt)} · {t('register.alarms', { count: alarms })}
        </p>
        <p>
          {t('register.onPost')}：{onPost.map(({ name, post, from, until }) => `${name}（${post} ${clockText(from, site.timeZone)}–${until === null ? '' : clockText(until, site.timeZone)}）`).join('、') || '—'}
        </p>
      </header>
      <h3>{t('register.sections')}</h3>
      <table>
        <tbody>
          {sections.map((section) => (
            <tr key={section.section}>
              <th scope="row">{say(section.title)}</th>
              <td>{[...section.measured.map(say), section.text].join(' · ')}</td>
              <td>{section.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {tasks.length > 0 && (
        <>
          <h3>{t('register.tasks')}</h3>
          <table>
            <tbody>
              {tasks.map((task) => (
                <tr key={`${task.title.zh} ${task.until}`}>
                  <th scope="row">{say(task.title)}</th>
                  <td className="tabular">{moment(task.until)}</td>
                  <td>{task.wanting ? <strong>{say(task.state)}</strong> : say(task.state)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <h3>{t('register.entries')}</h3>
      <table>
        <thead>
          <tr>
            {(['number', 'type', 'event', 'entered', 'text', 'camera', 'by'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`register.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.entryId}>
              <td>{entry.number}</td>
              <td>{t(`type.${entry.type}`)}</td>
              <td>{clockText(entry.eventAt, site.timeZone)}</td>
              <td>
                {clockText(entry.enteredAt, site.timeZone)} {entry.lateMs > 0 && t('log.late', { minutes: Math.round(entry.lateMs / 60_000) })}
              </td>
              <td>{entry.struck ? <s>{say(entry.text)}</s> : say(entry.text)}</td>
              <td>{entry.camera ?? ''}</td>
              <td>{entry.by ?? t('log.system')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <p>{shift.closedBy === null || shift.closedAt === null ? t('register.notSigned') : t('register.signed', { name: shift.closedBy, time: moment(shift.closedAt) })} · {t('register.handSign')}________________</p>
        {shift.remark !== null && shift.remark !== '' && <p>{t('register.remark', { text: shift.remark })}</p>}
        <p>{shift.reviewedBy === null || shift.reviewedAt === null ? `${t('register.notReviewed')}________________` : t('register.reviewed', { name: shift.reviewedBy, time: moment(shift.reviewedAt) })}</p>
        {shift.reviewRemark !== null && shift.reviewRemark !== '' && <p>{t('register.reviewRemark', { text: shift.reviewRemark })}</p>}
        {shift.digest !== null && (
          <p className="break-all">
            {t('register.digest')} <code>{groupedHash(shift.digest)}</code>
          </p>
        )}
        <p>{t('register.madeAt', { time: momentText(madeAt, site.timeZone) })}</p>
      </footer>
    </article>
  );
};

export default RegisterPage;
