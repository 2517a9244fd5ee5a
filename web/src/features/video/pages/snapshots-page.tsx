/** All snapshots, newest first: picture, hash, who, when, why. Prints as a sheet with signature lines, from the same data. */
import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listSnapshots, snapshotPicture, type Snapshot } from '../../../../../contract/video.ts';
import { annotateSnapshot } from '../../../../../contract/wall.ts';
import { addressOf, call } from '../../../app/client.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { Page } from '../../../ui/page.tsx';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { clockSecondsText, groupedHash, isoDateText } from '../../../ui/time-format.ts';
import '../video.css';

const useSnapshots = () =>
  useInfiniteQuery({
    queryKey: [listSnapshots.path, 'all'],
    queryFn: ({ pageParam, signal }) => call(listSnapshots, { query: pageParam, signal }),
    initialPageParam: {},
    getNextPageParam: ({ snapshots, more }) => {
      const last = snapshots.at(-1);
      return more && last !== undefined ? { before: last.takenAt, beforeId: last.snapshotId } : null;
    },
  });

const SnapshotsPage = () => {
  const { t } = useTranslation('video');
  const found = useSnapshots();
  const [alone, setAlone] = useState<string | null>(null);
  const snapshots = found.data?.pages.flatMap((page) => page.snapshots) ?? [];
  const print = (snapshotId: string | null) => {
    setAlone(snapshotId);
    // After the page has drawn what is to be printed.
    requestAnimationFrame(() => requestAnimationFrame(() => printThen(() => setAlone(null))));
  };
  return (
    <Page
      title={t('snapshots.title')}
      about={t('snapshots.about')}
      acts={
        snapshots.length > 0 && (
          <Button className="no-print" onClick={() => print(null)}>
            {t('snapshots.print')}
          </Button>
        )
      }
    >
      {found.error !== null && <RefusalBanner error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data !== undefined && snapshots.length === 0 && <Empty what={t('snapshots.none')} />}
      <ol className={alone === null ? 'snapshots' : 'snapshots snapshots-one'}>
        {snapshots.map((snapshot) => (
          <SnapshotCard key={snapshot.snapshotId} snapshot={snapshot} alone={snapshot.snapshotId === alone} onPrint={() => print(snapshot.snapshotId)} />
        ))}
      </ol>
      {found.hasNextPage && (
        <Button className="no-print" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('snapshots.more')}
        </Button>
      )}
      {snapshots.length > 0 && <PrintFoot />}
    </Page>
  );
};
export default SnapshotsPage;

const printThen = (after: () => void): void => {
  addEventListener('afterprint', after, { once: true });
  window.print();
};

const SnapshotCard = ({ snapshot, alone, onPrint }: { snapshot: Snapshot; alone: boolean; onPrint: () => void }) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const moment = (at: number) => `${isoDateText(at, site.timeZone)} ${clockSecondsText(at, site.timeZone)}`;
  const address = addressOf(snapshotPicture.path, { snapshotId: snapshot.snapshotId });
  const { cameraName: camera } = snapshot;
  return (
    <li className={alone ? 'snapshot snapshot-alone' : 'snapshot'}>
      {/* Looking at a picture is a recorded act: it is fetched only when it comes into view. */}
      <a href={address} target="_blank" rel="noreferrer" aria-label={t('snapshots.open')}>
        <img src={address} loading="lazy" alt={t('snapshots.pictureOf', { camera, time: moment(snapshot.frameAt) })} width={640} height={360} />
      </a>
      <div className="snapshot-words">
        <h2>{camera}</h2>
        <dl>
          <dt>{t('snapshots.frameAt')}</dt>
          <dd>
            <time>{moment(snapshot.frameAt)}</time> · {t(`snapshots.${snapshot.source}`)}
          </dd>
          <dt>{t('snapshots.takenBy')}</dt>
          <dd>
            {snapshot.takenBy} · <time>{moment(snapshot.takenAt)}</time>
          </dd>
          <dt>{t('snapshots.note')}</dt>
          <dd>
            <Notes snapshot={snapshot} moment={moment} />
          </dd>
          {snapshot.clip !== null && (
            <>
              <dt>{t('snapshots.clip')}</dt>
              <dd>
                <Link to={'/playback'} search={{ camera: snapshot.cameraId, at: snapshot.clip.from }}>
                  <time>{moment(snapshot.clip.from)}</time> – <time>{clockSecondsText(snapshot.clip.until, site.timeZone)}</time>
                </Link>
              </dd>
            </>
          )}
          <dt>{t('snapshots.hash')}</dt>
          <dd>
            <code>{groupedHash(snapshot.sha256)}</code>
          </dd>
        </dl>
        <Button size="small" className="no-print" onClick={onPrint}>
          {t('snapshots.printOne')}
        </Button>
      </div>
    </li>
  );
};

/** What was written when it was taken and later; more is added, nothing is changed. */
const Notes = ({ snapshot, moment }: { snapshot: Snapshot; moment: (at: number) => string }) => {
  const { t } = useTranslation('video');
  const may = useCan('video.snapshot.annotate');
  const write = useAct(annotateSnapshot, [listSnapshots.path, '/api/duty']);
  const [text, setText] = useState('');
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    if (text.trim() !== '') write.mutate({ params: { snapshotId: snapshot.snapshotId }, body: { note: text.trim() } }, { onSuccess: () => setText('') });
  };
  return (
    <>
      {snapshot.note === '' && snapshot.notes.length === 0 ? <span className="dim">{t('snapshots.noNote')}</span> : snapshot.note}
      <ul>
        {snapshot.notes.map(({ note, writtenAt, writtenBy }) => (
          <li key={`${String(writtenAt)} ${note}`}>
            {note}{' '}
            <small className="dim">
              {writtenBy} · <time>{moment(writtenAt)}</time>
            </small>
          </li>
        ))}
      </ul>
      {may === true && (
        <form className="snapshot-note no-print" onSubmit={submit}>
          <input type="text" className="video-button" value={text} maxLength={500} aria-label={t('snapshots.addNote')} placeholder={t('snapshots.addNote')} onChange={(event) => setText(event.target.value)} />
          <button type="submit" className="video-button" aria-disabled={write.isPending || text.trim() === ''}>
            {t('snapshots.writeNote')}
          </button>
        </form>
      )}
      {write.error !== null && <RefusalBanner error={write.error} />}
    </>
  );
};

/** On paper only: who printed it, when, and where they sign. */
const PrintFoot = () => {
  const { t } = useTranslation('video');
  const { site, room, person } = useSession();
  const now = useServerNow(60_000);
  return (
    <footer className="print-only snapshot-foot">
      <span>
        {site.name} · {room.name}
      </span>
      <span>{t('snapshots.printedAt', { time: `${isoDateText(now, site.timeZone)} ${clockSecondsText(now, site.timeZone)}`, person: `${person.name} ${person.staffNumber}` })}</span>
      <span>{t('snapshots.signature')} ________________</span>
    </footer>
  );
};
