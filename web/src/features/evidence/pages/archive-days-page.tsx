/** Every camera, every day: how much was recorded, where it lies, what of it is filed. A week at first, a month at most. */
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { archiveDays, type ArchiveDay } from '../../../../../contract/evidence-archive.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import '../evidence.css';

type Row = z.output<typeof ArchiveDay>;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const hours = (ms: number): string => (ms / hourMs).toFixed(1);

const ArchiveDaysPage = () => {
  const { t } = useTranslation('archive');
  const { t: tOf } = useTranslation('evidence');
  const { site } = useSession();
  const now = useServerNow(dayMs);
  const today = isoDateText(now, site.timeZone);
  const [first, setFirst] = useState(isoDateText(now - 6 * dayMs, site.timeZone));
  const [last, setLast] = useState(today);
  const { data, error, refetch } = useEndpoint(archiveDays, { query: { from: dayStart(first, site.timeZone) ?? 0, until: dayEnd(last, site.timeZone) ?? 0 } }, { keepOld: true });
  const columns: Column<Row>[] = [
    { key: 'day', title: t('index.day'), render: (one) => <span className="tabular">{one.day}</span>, order: (one) => one.day },
    { key: 'camera', title: t('index.camera'), render: (one) => one.camera, order: (one) => one.camera },
    { key: 'state', title: t('index.state'), render: (one) => <span className={one.state === 'partly' || one.state === 'none' ? 'footage-state footage-wants' : one.state === 'whole' ? 'footage-state' : 'footage-state dim'}>{t(one.state === 'none' ? 'index.noneState' : `index.${one.state}`)}</span>, order: (one) => one.state },
    { key: 'recorded', title: t('index.recorded'), render: (one) => (one.dayMs === 0 ? t('none') : <span className="tabular">{t('index.of', { recorded: hours(one.recordedMs), whole: hours(one.dayMs) })}</span>), order: (one) => one.recordedMs },
    { key: 'place', title: t('index.place'), render: (one) => (one.places.length === 0 ? t('none') : one.places.join('、')) },
    { key: 'items', title: t('index.items'), render: (one) => (one.items.length === 0 ? t('none') : one.items.map(({ itemId, number }) => <div key={itemId}><Link to={'/footage/archive/item'} search={{ id: itemId }}>{number}</Link></div>)) },
  ];
  return (
    <Page title={t('index.title')} about={t('index.about')} acts={<Link to={'/footage/archive'} className="footage-link">{t('backToList')}</Link>}>
      <Panel>
        <div className="toolbar">
          <label htmlFor="days-from">{tOf('register.from')}</label>
          <input id="days-from" className="search" type="date" max={last} value={first} onChange={(event) => setFirst(event.target.value)} />
          <label htmlFor="days-until">{tOf('register.until')}</label>
          <input id="days-until" className="search" type="date" min={first} max={today} value={last} onChange={(event) => setLast(event.target.value)} />
        </div>
        <DataTable caption={t('index.title')} rows={data?.days.toReversed()} columns={columns} rowKey={(one) => `${one.cameraId} ${one.day}`} searchText={(one) => `${one.camera} ${one.day}`} error={error} retry={() => void refetch()} empty={<Empty what={t('index.noneState')} />} />
      </Panel>
    </Page>
  );
};

export default ArchiveDaysPage;
