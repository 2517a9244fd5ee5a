/** Narrow reads for other parts. */
import type { Db } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { findCamera } from './store.ts';

export const questions = {
  /** What people call a camera in use, "07 行包房"; null: there is none of this id in the room. */
  cameraName: async (db: Db, roomId: string, cameraId: string): Promise<string | null> => {
    const camera = await findCamera(db, roomId, cameraId);
    return camera === null ? null : cameraLabel(camera);
  },
};
