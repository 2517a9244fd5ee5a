/** The wall alone, in the whole window. */
import { HelpKeys } from '../../../app/home/help-keys.tsx';
import { Wall } from '../parts/wall.tsx';

const WallPage = () => (
  <>
    <Wall />
    <HelpKeys />
  </>
);
export default WallPage;
