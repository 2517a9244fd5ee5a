/** What the system saw and nobody wrote about in the duty log: the log measured against the machine. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { listUntold } from '../../../../../contract/audit.ts';
import { useAct } from '../../../app/queries.ts';
import { canDo, useSession } from '../../../app/session.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { useSay } from '../../../ui/say.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { isoDateText, momentText } from '../../../ui/time-format.ts';
import '../ledger.css';
import { isMeantDay } from '../parts/filter.ts';
import { ledgerVerbs } from '../verbs.ts';

type UntoldRow = z.output<(typeof listUntold)['response']>['events'][number];
const weekMs = 7 * 86_400_000;

const UntoldPage = () => {
  const { t } = useTranslation('ledger');
  const { site: { timeZone }, serverNow } = useSession();
  const [days, setDays] = useState(() => ({ from: isoDateText(serverNow - weekMs, timeZone), until: isoDateText(serverNow, timeZone) }));
  const list = useAct(listUntold);
  const from = dayStart(days.from, timeZone);
  const until = dayEnd(days.until, timeZone);
  return (
    <Page title={t('untold.title')} about={t('untold.about')} acts={<Link to="/audit">{t('audit.title')}</Link>}>
      <Panel>
        <form
          className="toolbar filters"
          onSubmit={(event) => {
            event.preventDefault();
            if (from !== null && until !== null) list.mutate({ query: { from, until } });
          }}
        >
          {(['from', 'until'] as const).map((side) => (
            <label key={side}>
              {t(`trace.${side}`)}
              <input type="date" value={days[side]} max="9999-12-31" onChange={({ target }) => setDays({ ...days, [side]: target.value })} />
            </label>
          ))}
          <Button type="primary" htmlType="submit" loading={list.isPending} disabled={from === null || until === null || !isMeantDay(days.from) || !isMeantDay(days.until)}>
            {t('untold.list')}
          </Button>
        </form>
        {list.error !== null && <RefusalBanner error={list.error} />}
        {list.data === undefined ? list.error === null && <p className="dim">{t('untold.ask')}</p> : <Answer all={list.data.all} rows={list.data.events} />}
      </Panel>
    </Page>
  );
};

const Answer = ({ all, rows }: { all: number; rows: readonly UntoldRow[] }) => {
  const { t } = useTranslation('ledger');
  const say = useSay();
  const session = useSession();
  const mayFollow = canDo(session, ledgerVerbs.facts) === true;
  return (
    <>
      <p>{t(all === 0 ? 'untold.nothing' : 'untold.sum', { all, count: rows.length })}</p>
      {rows.length > 0 && (
        <DataTable<UntoldRow>
          caption={t('untold.title')}
          rows={rows}
          rowKey={({ seq }) => String(seq)}
          empty={<Empty what={t('untold.nothing')} />}
          error={null}
          columns={[
            { key: 'at', title: t('time'), render: ({ at }) => momentText(at, session.site.timeZone), order: ({ at }) => at },
            { key: 'what', title: t('untold.what'), render: (row) => say(row) },
            { key: 'line', title: t('untold.line'), numeric: true, render: ({ line }) => line ?? '—' },
            { key: 'entry', title: t('trace.entry'), numeric: true, render: ({ seq }) => (mayFollow ? <Link to="/audit" search={{ seq: String(seq) }}>{seq}</Link> : seq) },
          ]}
        />
      )}
    </>
  );
};

export default UntoldPage;
