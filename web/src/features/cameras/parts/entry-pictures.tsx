/** The picture of the approved view and the photo of the notice sign. */
import { useTranslation } from 'react-i18next';
import { keepPicture, seePicture } from '../../../../../contract/cameras.ts';
import type { RegisterEntry } from '../../../../../contract/cameras.ts';
import { addressOf } from '../../../app/client.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { Panel } from '../../../ui/page.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { PictureChoice } from './picture-choice.tsx';

export const EntryPictures = ({ entry, paths }: { entry: RegisterEntry; paths: readonly string[] }) => {
  const { t } = useTranslation('cameras');
  const keep = useAct(keepPicture, paths);
  const { cameraId } = entry;
  const put = (kind: 'view' | 'sign') => (picture: string): void => keep.mutate({ params: { cameraId, kind }, body: { picture } });
  return (
    <Panel title={t('register.entry.pictures')}>
      {keep.error !== null && <RefusalBanner error={keep.error} />}
      <div className="camera-pictures">
        <OnePicture cameraId={cameraId} kind="view" at={entry.viewKeptAt} busy={keep.isPending} put={put('view')} />
        <OnePicture cameraId={cameraId} kind="sign" at={entry.signKeptAt} busy={keep.isPending} put={put('sign')} />
      </div>
      {entry.onvif?.ptz === true && <p className="dim">{t('register.entry.viewNote')}</p>}
    </Panel>
  );
};

const OnePicture = ({ cameraId, kind, at, busy, put }: { cameraId: string; kind: 'view' | 'sign'; at: number | null; busy: boolean; put: (picture: string) => void }) => {
  const { t } = useTranslation('cameras');
  const { site } = useSession();
  const manages = useCan('video.cameras.manage') === true;
  const name = t(kind === 'view' ? 'register.entry.viewPicture' : 'register.entry.signPicture');
  return (
    <figure>
      <figcaption><strong>{name}</strong></figcaption>
      {/* The time stands in the address, so that a new picture is not shown as the old one. */}
      {at === null ? <p className="dim">{t('register.entry.noPicture')}</p> : <img src={addressOf(seePicture.path, { cameraId, kind }, { at })} alt={name} />}
      {at !== null && <span className="dim">{t('register.entry.keptAt', { time: momentText(at, site.timeZone) })}</span>}
      {manages && <PictureChoice text={`${t('register.entry.choose')} · ${name}`} disabled={busy} chosen={put} />}
    </figure>
  );
};
