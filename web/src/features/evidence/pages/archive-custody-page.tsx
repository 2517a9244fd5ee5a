/** Who keeps the archive, and counts of it: everything in its place is named, the server compares each file, and the next custodian takes it over by the count. */
import { useState } from 'react';
import { Button, Input } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { archiveCustody, takeInventory, takeOverArchive } from '../../../../../contract/evidence-archive.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { useMoment } from '../parts/use-words.ts';
import '../evidence.css';

type View = z.output<typeof archiveCustody.response>;
const no = { zh: '', en: '' };
const paths = ['/api/evidence/archive'];

const ArchiveCustodyPage = () => {
  const { t } = useTranslation('archive');
  const { data, error, refetch } = useEndpoint(archiveCustody, {});
  return (
    <Page title={t('keep.title')} about={t('keep.about')} acts={<Link to={'/footage/archive'} className="footage-link">{t('backToList')}</Link>}>
      {error !== null && <RefusalBanner error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <>
          <Custodian view={data} />
          {data.can['keep'] === true && <Count key={data.toCount.map(({ itemId }) => itemId).join()} view={data} />}
          <History view={data} />
        </>
      )}
    </Page>
  );
};

const Custodian = ({ view }: { view: View }) => {
  const { t } = useTranslation('archive');
  const moment = useMoment();
  const { person } = useSession();
  const taking = useAct(takeOverArchive, paths);
  const { custodian, since, takeOver } = view;
  const keeps = view.can['keep'] ?? no;
  return (
    <Panel title={t('keep.custodian')}>
      <p className="footage-lead">{custodian === null ? <span className="footage-wants">{t('keep.nobody')}</span> : <><span>{custodian.name}</span><span className="dim">{t('keep.since', { time: moment(since ?? 0) })}</span></>}</p>
      {taking.error !== null && <RefusalBanner error={taking.error} />}
      <div className="footage-buttons">
        {custodian === null && <ActButton can={keeps} type="primary" loading={taking.isPending} onClick={() => taking.mutate({ body: { inventoryId: null } })}>{t('keep.begin')}</ActButton>}
        {takeOver !== null && custodian?.personId !== person.personId && <ActButton can={keeps} type="primary" loading={taking.isPending} onClick={() => taking.mutate({ body: { inventoryId: takeOver } })}>{t('keep.takeOver')}</ActButton>}
      </div>
    </Panel>
  );
};

const Count = ({ view }: { view: View }) => {
  const { t } = useTranslation('archive');
  const { person } = useSession();
  const [found, setFound] = useState<ReadonlySet<string>>(new Set());
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});
  const [next, setNext] = useState('');
  const [note, setNote] = useState('');
  const counting = useAct(takeInventory, paths);
  const mark = (itemId: string, is: boolean): void => setFound((before) => new Set(is ? [...before, itemId] : [...before].filter((one) => one !== itemId)));
  const send = (): void => counting.mutate({ body: { lines: view.toCount.map(({ itemId }) => ({ itemId, found: found.has(itemId), note: notes[itemId] ?? '' })), nextCustodianId: next === '' ? null : next, note } });
  const list = (numbers: readonly string[]): string => (numbers.length === 0 ? t('keep.noneMissing') : numbers.join('、'));
  return (
    <Panel title={t('keep.count')}>
      <p className="dim">{t('keep.countText')}</p>
      {counting.data !== undefined && <Notice priority={counting.data.missing.length + counting.data.altered.length === 0 ? 'information' : 'high'}>{t('keep.result', { missing: list(counting.data.missing), altered: list(counting.data.altered) })}</Notice>}
      {view.toCount.length === 0 && <p>{t('keep.empty')}</p>}
      <ul className="archive-count">
        {view.toCount.map(({ itemId, number, title, place }) => (
          <li key={itemId}>
            <span><Link to={'/footage/archive/item'} search={{ id: itemId }}>{number}</Link> {title} <span className="dim">{place}</span></span>
            <label><input type="checkbox" checked={found.has(itemId)} onChange={(event) => mark(itemId, event.target.checked)} /> {t('keep.found')}</label>
            <Input value={notes[itemId] ?? ''} maxLength={500} placeholder={t('keep.note')} aria-label={`${t('keep.note')} ${number}`} onChange={(event) => setNotes({ ...notes, [itemId]: event.target.value })} />
          </li>
        ))}
      </ul>
      {counting.error !== null && <RefusalBanner error={counting.error} />}
      <div className="toolbar">
        {view.custodian?.personId === person.personId && (
          <label>
            {t('keep.next')}{' '}
            <select className="search footage-select" value={next} onChange={(event) => setNext(event.target.value)}>
              <option value="">{t('keep.nextNone')}</option>
              {view.candidates.map(({ personId, name }) => <option key={personId} value={personId}>{name}</option>)}
            </select>
          </label>
        )}
        <input className="search" value={note} maxLength={2000} placeholder={t('keep.note')} aria-label={t('keep.note')} onChange={(event) => setNote(event.target.value)} />
        <Button type="primary" loading={counting.isPending} onClick={send}>{t('keep.save')}</Button>
      </div>
    </Panel>
  );
};

const History = ({ view }: { view: View }) => {
  const { t } = useTranslation('archive');
  const moment = useMoment();
  return (
    <>
      <Panel title={t('keep.counts')}>
        {view.inventories.length === 0 && <p className="dim">{t('keep.noCounts')}</p>}
        <ul className="footage-results">
          {view.inventories.map((one) => (
            <li key={one.inventoryId}>
              <p><strong>{one.takenBy}</strong> <span className="tabular">{moment(one.takenAt)}</span> {t('keep.items', { count: one.items })} {one.missing > 0 && <span className="footage-late">{t('keep.missing', { count: one.missing })}</span>} {one.altered > 0 && <span className="footage-late">{t('keep.altered', { count: one.altered })}</span>}</p>
              <p className="dim">{[one.next === null ? '' : one.takenOver ? `${one.next} ${t('keep.taken')}` : t('keep.waiting', { name: one.next }), one.note].filter((part) => part !== '').join(' · ')}</p>
              <p className="copy-hash dim"><code>{one.listSha256}</code></p>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('keep.history')}>
        {view.history.length === 0 && <p className="dim">{t('keep.nobody')}</p>}
        <ol className="footage-results">{view.history.map((one) => <li key={one.since}>{one.name} <span className="tabular dim">{moment(one.since)} · {t(one.byCount ? 'keep.byCount' : 'keep.first')}</span></li>)}</ol>
      </Panel>
    </>
  );
};

export default ArchiveCustodyPage;
