/** For a leak: from the watermark on a picture to the person and the entries; and everybody who saw a camera in a span. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { auditChoices, listViewers, traceWatermark } from '../../../../../contract/audit.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import '../ledger.css';
import { instantOfText } from '../parts/act-question.ts';
import { FactRow } from '../parts/fact-row.tsx';

type ViewerRow = z.output<(typeof listViewers)['response']>['viewers'][number];

const TracePage = () => {
  const { t } = useTranslation('ledger');
  return (
    <Page title={t('trace.title')} about={t('trace.about')} acts={<Link to="/audit">{t('audit.title')}</Link>}>
      <Watermark />
      <Viewers />
    </Page>
  );
};

const Watermark = () => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  const [text, setText] = useState('');
  const trace = useAct(traceWatermark);
  const found = trace.data;
  return (
    <Panel title={t('trace.watermark')}>
      <form
        className="toolbar filters"
        onSubmit={(event) => {
          event.preventDefault();
          trace.mutate({ body: { text } });
        }}
      >
        <input className="search" value={text} maxLength={120} placeholder={t('trace.watermarkHint')} aria-label={t('trace.watermark')} onChange={({ target }) => setText(target.value)} />
        <Button type="primary" htmlType="submit" loading={trace.isPending} disabled={text.trim().length < 4}>
          {t('trace.find')}
        </Button>
      </form>
      <p className="dim">{t('trace.watermarkHint')}</p>
      {trace.error !== null && <RefusalBanner error={trace.error} />}
      {found !== undefined && <p>{t(found.acts.length === 0 ? 'trace.nothing' : 'trace.found', { name: found.person.name, number: found.person.staffNumber, at: momentText(found.at, timeZone).slice(0, -3) })}</p>}
      {found !== undefined && found.acts.length > 0 && (
        <ol className="fact-list" aria-label={t('audit.caption')}>
          {found.acts.map((fact) => (
            <FactRow key={fact.seq} fact={fact} />
          ))}
        </ol>
      )}
    </Panel>
  );
};

const Viewers = () => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  const choices = useEndpoint(auditChoices, {});
  const list = useAct(listViewers);
  const [asked, setAsked] = useState({ cameraId: '', from: '', until: '' });
  const from = instantOfText(asked.from, timeZone);
  const until = instantOfText(asked.until, timeZone);
  return (
    <Panel title={t('trace.viewers')}>
      <form
        className="toolbar filters"
        onSubmit={(event) => {
          event.preventDefault();
          if (from !== null && until !== null) list.mutate({ body: { cameraId: asked.cameraId, from, until } });
        }}
      >
        <label>
          {t('trace.camera')}
          <select value={asked.cameraId} onChange={({ target }) => setAsked({ ...asked, cameraId: target.value })}>
            <option value="">—</option>
            {(choices.data?.cameras ?? []).map(({ cameraId, label }) => (
              <option key={cameraId} value={cameraId}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {(['from', 'until'] as const).map((side) => (
          <label key={side}>
            {t(`trace.${side}`)}
            <input type="datetime-local" value={asked[side]} max="9999-12-31T23:59" onChange={({ target }) => setAsked({ ...asked, [side]: target.value })} />
          </label>
        ))}
        <Button type="primary" htmlType="submit" loading={list.isPending} disabled={asked.cameraId === '' || from === null || until === null}>
          {t('trace.list')}
        </Button>
      </form>
      {list.error !== null && <RefusalBanner error={list.error} />}
      {list.data !== undefined && <ViewerTable rows={list.data.viewers} camera={list.data.camera} />}
    </Panel>
  );
};

const ViewerTable = ({ rows, camera }: { rows: readonly ViewerRow[]; camera: string }) => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  return (
    <DataTable<ViewerRow>
      caption={t('trace.caption')}
      rows={rows}
      rowKey={({ seq, from }) => `${seq} ${from}`}
      empty={<Empty what={t('trace.none', { camera })} />}
      error={null}
      columns={[
        { key: 'who', title: t('trace.who'), render: ({ person }) => `${person.name} ${person.staffNumber}`, order: ({ person }) => person.name },
        { key: 'how', title: t('trace.how'), render: ({ how }) => t(`trace.hows.${how}`) },
        { key: 'from', title: t('trace.from'), render: ({ from }) => momentText(from, timeZone), order: ({ from }) => from },
        { key: 'until', title: t('trace.until'), render: ({ until }) => (until === null ? t('trace.still') : momentText(until, timeZone)) },
        {
          key: 'entry', title: t('trace.entry'), numeric: true,
          render: ({ seq }) => (
            <Link to="/audit" search={{ seq: String(seq) }}>
              {seq}
            </Link>
          ),
        },
      ]}
    />
  );
};

export default TracePage;
