/** The wall alone, in the whole window. */
import { Wall } from '../parts/wall.tsx';

const WallPage = () => <Wall />;
export default WallPage;
