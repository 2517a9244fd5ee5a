/** The wall: 1 to 36 cameras, live. Stands on its own page and in the middle of the home console; fills the box that it is put into. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listCameras } from '../../../../../contract/video.ts';
import { seeWall } from '../../../../../contract/wall.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Empty, Loading, NoRight, RefusalBanner } from '../../../ui/states.tsx';
import '../video.css';
import { WallGrid } from './wall-grid.tsx';

/** keysDrawnElsewhere: the console's foot already draws F3 and Pause. */
export const Wall = ({ keysDrawnElsewhere = false }: { keysDrawnElsewhere?: boolean }) => {
  const { t } = useTranslation('video');
  const can = useCan('video.live.watch');
  const cameras = useEndpoint(listCameras, {}, { enabled: can === true, refetchMs: 15_000 });
  const wall = useEndpoint(seeWall, {}, { enabled: can === true, refetchMs: 60_000 });
  if (can !== true) return <NoRight reason={can} />;
  const error = cameras.error ?? wall.error;
  const again = () => void Promise.all([cameras.refetch(), wall.refetch()]);
  // Before it is known whether the wall is covered nothing is shown.
  if (cameras.data === undefined || wall.data === undefined) return error === null ? <Loading /> : <RefusalBanner error={error} retry={again} />;
  if (cameras.data.cameras.length === 0) return <NoCameras />;
  return (
    <div className="wall">
      {cameras.data.recorder === 'away' && (
        <p className="wall-away" role="alert">
          <PriorityMark priority="critical" /> {t('recorderAway')}
        </p>
      )}
      <WallGrid cameras={cameras.data.cameras} known={wall.data} keysDrawnElsewhere={keysDrawnElsewhere} />
    </div>
  );
};

const NoCameras = () => {
  const { t } = useTranslation('video');
  const can = useCan('video.cameras.manage');
  return (
    <Empty what={t('noCameras')} act={can === true ? <Link to={'/cameras/add'}>{t('addCamera')}</Link> : null} />
  );
};
