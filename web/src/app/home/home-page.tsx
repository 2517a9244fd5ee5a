/**
 * The console: the pictures in the middle, beside them what is wrong now and how recording, storage and ledger stand, below the keys.
 * People who see no pictures get the same without the wall. Nothing here reads the ledger's entries: that would be a recorded act each time.
 */
import { lazy, Suspense } from 'react';
import { homeWall } from '../../features/video/routes.tsx';
import { Loading } from '../../ui/states.tsx';
import { useCan } from '../session.tsx';
import { ConsoleFoot } from './console-foot.tsx';
import { HelpKeys } from './help-keys.tsx';
import { OpenAlarms } from './open-alarms.tsx';
import { RoomFigures } from './room-figures.tsx';
import { YourPages } from './your-pages.tsx';
import { WrongNow } from './wrong-now.tsx';

const Wall = homeWall === null ? null : lazy(homeWall);

const HomePage = () => {
  const mayWatch = useCan('video.live.watch');
  if (mayWatch !== true || Wall === null) return <WithoutWall />;
  return (
    <div className="console">
      <div className="console-wall">
        <Suspense fallback={<Loading />}>
          <Wall />
        </Suspense>
      </div>
      <aside className="console-side">
        <OpenAlarms />
        <WrongNow />
        <RoomFigures />
      </aside>
      <ConsoleFoot />
      <HelpKeys />
    </div>
  );
};

/** What the post opens stands first; why there are no pictures is said below it. */
const WithoutWall = () => (
  <div className="page">
    <div className="home-panels">
      <YourPages />
      <OpenAlarms />
      <WrongNow />
      <RoomFigures />
    </div>
  </div>
);

export default HomePage;
