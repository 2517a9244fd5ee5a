/** What a filled form changes of a camera: only the fields that differ. Pure. */
import type { z } from 'zod';
import type { Camera, changeCamera } from '../../../../contract/video.ts';
import { orNull } from './address.ts';
import type { CameraValues } from './parts/camera-fields.tsx';

type Changes = z.input<(typeof changeCamera)['body']>;

export const changesOf = (camera: Pick<Camera, 'name' | 'number' | 'url' | 'username' | 'retentionDays'>, values: CameraValues): Changes => {
  const changes: Changes = {};
  if (values.name.trim() !== camera.name) changes.name = values.name;
  if (values.number != null && values.number !== camera.number) changes.number = values.number;
  if (values.url.trim() !== (camera.url ?? '')) changes.url = values.url.trim();
  if (orNull(values.username) !== camera.username) changes.username = orNull(values.username);
  if (values.retentionDays !== undefined && values.retentionDays !== camera.retentionDays) changes.retentionDays = values.retentionDays;
  if (values.removePassword === true) changes.password = null;
  else if (orNull(values.password) !== null) changes.password = orNull(values.password);
  return changes;
};
