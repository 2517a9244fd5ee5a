/** Register F7 巡检记录: read when asked (it is a recorded act), printed on A4 with the columns of the paper book, exported as CSV. */
import { Fragment, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { register, registerFile } from '../../../../../contract/obligations.ts';
import { callBytes } from '../../../app/client.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { Page } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { groupedHash, isoDateText } from '../../../ui/time-format.ts';
import { SubNav } from '../parts/sub-nav.tsx';
import { bookTime, windowText } from '../parts/window-text.ts';

type Register = z.output<(typeof register)['response']>;
const weekMs = 7 * 86_400_000;

const RegisterPage = () => {
  const { t } = useTranslation('obligations');
  const language = useLanguage();
  const { site } = useSession();
  const now = useServerNow(60_000);
  const [from, setFrom] = useState(() => isoDateText(now - weekMs, site.timeZone));
  const [until, setUntil] = useState(() => isoDateText(now, site.timeZone));
  const [shown, setShown] = useState({ from, until });
  const read = useAct(register);
  const [exportFault, setExportFault] = useState<unknown>(null);
  const span = { from: dayStart(from, site.timeZone), until: dayEnd(until, site.timeZone) };
  const query = span.from === null || span.until === null || span.until <= span.from ? null : { from: span.from, until: span.until };
  const save = async (): Promise<void> => {
    if (query === null) return;
    setExportFault(null);
    try {
      const bytes = await callBytes(registerFile, { query: { ...query, language: language === 'en' ? 'en' : 'zh' } });
      const address = URL.createObjectURL(new Blob([bytes], { type: 'text/csv' }));
      const link = Object.assign(document.createElement('a'), { href: address, download: `${t('register.title')} ${from} ${until}.csv` });
      link.click();
      URL.revokeObjectURL(address);
    } catch (refused) {
      setExportFault(refused);
    }
  };
  return (
    <Page title={t('register.title')} about={t('register.about')}>
      <SubNav />
      <div className="toolbar task-fields no-print">
        <label>
          {t('register.from')}
          <input type="date" value={from} max={until} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {t('register.until')}
          <input type="date" value={until} min={from} onChange={(event) => setUntil(event.target.value)} />
        </label>
        <Button type="primary" disabled={query === null} loading={read.isPending} onClick={() => query !== null && read.mutate({ query }, { onSuccess: () => setShown({ from, until }) })}>{t('register.read')}</Button>
        <Button disabled={query === null} onClick={() => void save()}>{t('register.csv')}</Button>
        {read.data !== undefined && read.data.lines.length > 0 && <Button onClick={() => print()}>{t('register.print')}</Button>}
      </div>
      {read.error !== null && <RefusalBanner error={read.error} />}
      {exportFault !== null && <RefusalBanner error={exportFault} />}
      {read.isPending && <Loading />}
      {read.data === undefined ? !read.isPending && <p className="state">{t('register.choose')}</p> : <Sheet data={read.data} span={shown} />}
    </Page>
  );
};
export default RegisterPage;

const Sheet = ({ data, span }: { data: Register; span: { from: string; until: string } }) => {
  const { t } = useTranslation('obligations');
  if (data.lines.length === 0) return <Empty what={t('register.empty')} />;
  return (
    <section className="register">
      {data.more && <Notice priority="medium">{t('register.more')}</Notice>}
      <p>
        {t('register.unit')} {data.site} · {t('register.room')} {data.room} · {t('register.form')} · {t('register.days', span)}
      </p>
      {/* Wide as the paper book: it scrolls by itself on a small screen. */}
      <div className="register-scroll" tabIndex={0} role="region" aria-label={t('register.title')}>
        <Lines data={data} />
      </div>
      <p className="dim break-all">{data.head === null ? t('register.notSigned') : t('register.head', { size: data.head.size, root: groupedHash(data.head.root) })}</p>
      <p className="register-sign">{t('register.signed')}</p>
    </section>
  );
};

type Line = Register['lines'][number];
/** Lines of one form stand together, under its name. */
const isOfSameTask = (line: Line, before: Line | undefined): boolean => before !== undefined && before.from === line.from && before.until === line.until && before.form === line.form && before.title.zh === line.title.zh && before.at === line.at;
/** `inspection.daily v2` → 2 */
const versionOf = (form: string): number => Number(/ v(\d+)$/.exec(form)?.[1] ?? 1);

const Lines = ({ data }: { data: Register }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const when = (at: number | null): string => (at === null ? '' : bookTime(at, site.timeZone));
  const columns = ['number', 'cycle', 'window', 'item', 'standard', 'result', 'abnormal', 'handling', 'by', 'at', 'entered', 'reviewer'] as const;
  return (
    <table>
      <caption className="only-read">{t('register.title')}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">{t(`register.columns.${column}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.lines.map((line, index) => (
          <Fragment key={line.number}>
          {!isOfSameTask(line, data.lines[index - 1]) && (
            <tr className="register-task">
              <th scope="rowgroup" colSpan={columns.length}>
                {say(line.title)} · {t('one.formVersionText', { title: say(line.title), version: versionOf(line.form) })} · {t(`state.${line.state}`)}
                {line.late && line.at !== null && ` · ${t('late')}`}
              </th>
            </tr>
          )}
          <tr>
            <td className="numeric">{line.number}</td>
            <td>{say(line.cycle)}</td>
            <td>{windowText(line.from, line.until, site.timeZone, language, true)}</td>
            <td>{say(line.item)}</td>
            <td>{say(line.standard)}</td>
            <td>
              {say(line.result)}
              {line.late && line.at !== null && <span className="task-late"> {t('late')}</span>}
            </td>
            <td>{line.abnormal}</td>
            <td>{line.handling}</td>
            <td>{line.by}</td>
            <td className="tabular">{when(line.at)}</td>
            <td className="tabular">{when(line.enteredAt)}</td>
            <td>{line.reviewer}</td>
          </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  );
};
