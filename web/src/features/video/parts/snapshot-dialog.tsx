/** After F3: the picture is kept at once, its hash compared with what the server has stored; a note is written to it with F3 again. */
import { use, useCallback, useEffect, useEffectEvent, useId, useRef, useState, Suspense } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { takeSnapshot } from '../../../../../contract/video.ts';
import { annotateSnapshot } from '../../../../../contract/wall.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { KeyHint, NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { groupedHash, momentText } from '../../../ui/time-format.ts';
import type { Capture, CapturedPicture } from './capture.ts';

/** covered: the room is blanked; the picture goes from the screen, what was written stays. */
const SnapshotDialog = ({ capture, covered = false, onClose }: { capture: Capture | 'none'; covered?: boolean; onClose: () => void }) => {
  const { t } = useTranslation('video');
  const { t: tUi } = useTranslation('ui');
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    // Left open at the end: it goes with the element, and a close would be reported as the person's own.
    if (covered) dialog.current?.close();
    else if (dialog.current?.open === false) dialog.current.showModal();
  }, [covered]);
  return (
    <dialog ref={dialog} className="shot" aria-labelledby={id} onClose={covered ? undefined : onClose}>
      <h2 id={id}>{t('shot.title')}</h2>
      {capture === 'none' ? (
        <>
          <p role="alert">
            <PriorityMark priority="medium" /> {t('shot.none')}
          </p>
          <div className="shot-acts">
            <button type="button" className="video-button" onClick={() => dialog.current?.close()}>
              {tUi('close')}
            </button>
          </div>
        </>
      ) : (
        <Suspense fallback={<p className="dim">{t('shot.wait')}</p>}>
          <Taken capture={capture} onClose={() => dialog.current?.close()} />
        </Suspense>
      )}
    </dialog>
  );
};
export default SnapshotDialog;

const Taken = ({ capture, onClose }: { capture: Capture; onClose: () => void }) => {
  const { t } = useTranslation('video');
  const picture = use(capture.picture);
  if (picture === null) return <p role="alert">{t('shot.tooLarge')}</p>;
  return <ShotForm capture={capture} picture={picture} onClose={onClose} />;
};

/** The picture itself, without a round trip to the server. */
const Picture = ({ blob, alt, width, height }: { blob: Blob; alt: string; width: number; height: number }) => {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(blob);
    if (image.current !== null) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [blob]);
  return <img ref={image} alt={alt} width={width} height={height} />;
};

/** The key has taken the picture and keeps it at once; the words come after, as words written to it. Nothing can be taken back. */
const useShot = (capture: Capture, picture: CapturedPicture) => {
  const take = useAct(takeSnapshot, ['/api/video/snapshots', '/api/duty']);
  const write = useAct(annotateSnapshot, ['/api/video/snapshots', '/api/duty']);
  const { mutate } = take;
  const begun = useRef(false);
  const keep = useCallback(
    () => mutate({ body: { cameraId: capture.cameraId, frameAt: capture.frameAt, source: capture.source, note: '', picture: picture.base64 } }),
    [mutate, capture, picture],
  );
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    keep();
  }, [keep]);
  return { take, write, keepAgain: keep };
};

const ShotForm = ({ capture, picture, onClose }: { capture: Capture; picture: CapturedPicture; onClose: () => void }) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const [note, setNote] = useState('');
  const { take, write, keepAgain } = useShot(capture, picture);
  const saved = take.data;
  const typed = note.trim();
  const writeNote = () => {
    if (saved === undefined || typed === '' || write.isPending) return;
    write.mutate({ params: { snapshotId: saved.snapshotId }, body: { note: typed } }, { onSuccess: () => setNote('') });
  };
  // What was typed and not saved when the window closes is written nevertheless.
  const leave = useEffectEvent(() => {
    if (saved !== undefined && typed !== '' && !write.isPending) write.mutate({ params: { snapshotId: saved.snapshotId }, body: { note: typed } });
  });
  useEffect(() => () => leave(), []);
  const hash = saved?.sha256 ?? picture.sha256;
  return (
    <div
      className="shot-body"
      onKeyDown={(event) => {
        if (event.key !== 'F3' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        writeNote();
      }}
    >
      <Picture blob={picture.blob} alt={t('shot.of', { camera: capture.title, time: momentText(capture.frameAt, site.timeZone) })} width={capture.width} height={capture.height} />
      <p className="shot-of">
        <strong>{capture.title}</strong> <time>{momentText(capture.frameAt, site.timeZone)}</time>
      </p>
      <p className="shot-hash">
        <span className="dim">{t('shot.hash')}</span> <code>{hash === null ? t('shot.hashLater') : groupedHash(hash)}</code>
      </p>
      <Standing take={take} differs={saved !== undefined && picture.sha256 !== null && saved.sha256 !== picture.sha256} onAgain={keepAgain} />
      <label className="shot-note">
        <span>{t('shot.note')}</span>
        <textarea value={note} maxLength={500} rows={2} autoFocus onChange={(event) => setNote(event.target.value)} />
      </label>
      {write.error !== null && <RefusalBanner error={write.error} />}
      <div className="shot-acts">
        <button type="button" className="video-button video-button-main" aria-disabled={saved === undefined || typed === '' || write.isPending} onClick={writeNote}>
          <KeyHint keyName="F3">{t('shot.write')}</KeyHint>
        </button>
        <button type="button" className="video-button" onClick={onClose}>
          {t('shot.close')}
        </button>
        {write.isSuccess && <NormalMark>{t('shot.written')}</NormalMark>}
        <Link to={'/snapshots'}>{t('shot.another')}</Link>
      </div>
      <p className="dim">{t('shot.later')}</p>
    </div>
  );
};

const Standing = ({ take, differs, onAgain }: { take: { error: Error | null; data: object | undefined }; differs: boolean; onAgain: () => void }) => {
  const { t } = useTranslation('video');
  if (take.error !== null) return <RefusalBanner error={take.error} retry={onAgain} />;
  return (
    <p role="status">
      {take.data === undefined ? (
        <span className="dim">{t('shot.wait')}</span>
      ) : differs ? (
        <>
          <PriorityMark priority="critical" /> {t('shot.differs')}
        </>
      ) : (
        <NormalMark>{t('shot.saved')}</NormalMark>
      )}
    </p>
  );
};
