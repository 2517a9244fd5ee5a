/** The console: the pictures in the middle, beside them what is wrong now and what happened last, below the keys and the figures of recording and ledger. */
import { lazy, Suspense } from 'react';
import { homeWall } from '../../features/video/routes.tsx';
import { Loading } from '../../ui/states.tsx';
import { ConsoleFoot } from './console-foot.tsx';
import { HelpKeys } from './help-keys.tsx';
import { RecentFacts } from './recent-facts.tsx';
import { WrongNow } from './wrong-now.tsx';

const Wall = homeWall === null ? null : lazy(homeWall);

const HomePage = () => (
  <div className="console">
    <div className="console-wall">
      <Suspense fallback={<Loading />}>{Wall !== null && <Wall />}</Suspense>
    </div>
    <aside className="console-side">
      <WrongNow />
      <RecentFacts />
    </aside>
    <ConsoleFoot />
    <HelpKeys />
  </div>
);

export default HomePage;
