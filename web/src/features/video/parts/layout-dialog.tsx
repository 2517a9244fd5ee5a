/** Layouts that the post has saved: opened, saved, removed; how long a screen stands; what outsiders may see. */
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepLayout, removeLayout, seeWall, type WallLayout } from '../../../../../contract/wall.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { useSay } from '../../../ui/say.ts';
import type { SeenWall } from './use-cover.ts';
import { choiceOf, type Layout, type WallChoice } from './wall-layout.ts';

interface LayoutDialogProps {
  known: SeenWall;
  choice: WallChoice;
  layout: Layout;
  /** Cameras in the order of the wall, as they would be saved. */
  ids: readonly string[];
  onChoose: (choice: WallChoice) => void;
  onClose: () => void;
}
const dwells = [5, 10, 15, 20, 30, 60, 120, 300] as const;
const changes = [seeWall.path];

export const LayoutDialog = ({ known, choice, layout, ids, onChoose, onClose }: LayoutDialogProps) => {
  const { t } = useTranslation('video');
  const { t: tUi } = useTranslation('ui');
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const open = (saved: WallLayout) => {
    onChoose(choiceOf(saved));
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className="shot layouts" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{t('layouts.title')}</h2>
      <p className="dim">{known.post === null ? t('layouts.ofRoom') : t('layouts.ofPost', { post: known.post })}</p>
      <label className="layouts-dwell">
        <span>{t('layouts.dwell')}</span>
        <select className="video-button" value={choice.tourSeconds ?? 0} onChange={(event) => onChoose({ ...choice, tourSeconds: Number(event.target.value) === 0 ? null : Number(event.target.value) })}>
          <option value={0}>{t('layouts.noTour')}</option>
          {dwells.map((seconds) => (
            <option key={seconds} value={seconds}>
              {t('layouts.seconds', { count: seconds })}
            </option>
          ))}
        </select>
      </label>
      <Saved layouts={known.layouts} onOpen={open} />
      <SaveForm known={known} choice={choice} layout={layout} ids={ids} />
      <div className="shot-acts">
        <button type="button" className="video-button" onClick={() => dialog.current?.close()}>
          {tUi('close')}
        </button>
      </div>
    </dialog>
  );
};

const Saved = ({ layouts, onOpen }: { layouts: readonly WallLayout[]; onOpen: (layout: WallLayout) => void }) => {
  const { t } = useTranslation('video');
  const remove = useAct(removeLayout, changes);
  if (layouts.length === 0) return <p>{t('layouts.none')}</p>;
  return (
    <>
      <ul className="layouts-list">
        {layouts.map((one) => (
          <li key={one.layoutId}>
            <button type="button" className="video-button" onClick={() => onOpen(one)}>
              {one.name}
            </button>
            <span className="dim">
              {t('wallBar.layoutOf', { count: one.shape })}
              {one.tourSeconds !== null && ` · ${t('layouts.seconds', { count: one.tourSeconds })}`}
              {one.guest && ` · ${t('layouts.guest')}`} · {one.keptBy}
            </span>
            <button type="button" className="video-button" aria-label={t('layouts.removeOf', { name: one.name })} onClick={() => remove.mutate({ params: { layoutId: one.layoutId } })}>
              {t('layouts.remove')}
            </button>
          </li>
        ))}
      </ul>
      {remove.error !== null && <RefusalBanner error={remove.error} />}
    </>
  );
};

const SaveForm = ({ known, choice, layout, ids }: Pick<LayoutDialogProps, 'known' | 'choice' | 'layout' | 'ids'>) => {
  const { t } = useTranslation('video');
  const say = useSay();
  const mayKeep = useCan('video.wall.arrange');
  const maySetGuest = useCan('video.wall.guest');
  const keep = useAct(keepLayout, changes);
  const [name, setName] = useState('');
  const [guest, setGuest] = useState(false);
  if (mayKeep !== true) return <p className="dim">{say(mayKeep)}</p>;
  const same = known.layouts.find((one) => one.name === name.trim());
  const places = ids.slice(0, 256);
  const first = new Set(places.slice(0, layout));
  const save = (event: React.SyntheticEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), shape: layout, places, pinned: choice.pinned.filter((id) => first.has(id)), tourSeconds: choice.tourSeconds, guest };
    keep.mutate({ body: same === undefined ? body : { ...body, layoutId: same.layoutId, rowVersion: same.rowVersion } }, { onSuccess: () => setName('') });
  };
  return (
    <form className="layouts-save" onSubmit={save}>
      <label className="shot-note">
        <span>{t('layouts.saveAs')}</span>
        <input type="text" className="video-button" value={name} maxLength={40} required onChange={(event) => setName(event.target.value)} />
      </label>
      {maySetGuest === true && (
        <label>
          <input type="checkbox" checked={guest} onChange={(event) => setGuest(event.target.checked)} /> {t('layouts.asGuest')}
        </label>
      )}
      <button type="submit" className="video-button video-button-main" aria-disabled={keep.isPending}>
        {same === undefined ? t('layouts.save') : t('layouts.saveOver', { name: same.name })}
      </button>
      {keep.error !== null && <RefusalBanner error={keep.error} />}
      {keep.isSuccess && <span role="status">{t('layouts.saved')}</span>}
    </form>
  );
};
