/** What a filled form changes of a camera: only the fields that differ. Pure. */
import type { z } from 'zod';
import type { Camera, changeCamera } from '../../../../contract/video.ts';
import { orNull } from './address.ts';
import type { CameraValues } from './parts/camera-fields.tsx';

type Changes = z.input<(typeof changeCamera)['body']>;

const digitsOf = (fingerprint: string): string => fingerprint.replace(/[^0-9a-f]/gi, '').toLowerCase();

export const changesOf = (camera: Pick<Camera, 'name' | 'number' | 'url' | 'username' | 'retentionDays' | 'transport' | 'tlsFingerprint'>, values: CameraValues): Changes => {
  const changes: Changes = {};
  if (values.name.trim() !== camera.name) changes.name = values.name;
  if (values.number != null && values.number !== camera.number) changes.number = values.number;
  if (values.url.trim() !== (camera.url ?? '')) changes.url = values.url.trim();
  if (orNull(values.username) !== camera.username) changes.username = orNull(values.username);
  if (values.retentionDays !== undefined && values.retentionDays !== camera.retentionDays) changes.retentionDays = values.retentionDays;
  if (values.transport !== undefined && values.transport !== camera.transport) changes.transport = values.transport;
  // The field is there for an encrypted address only; elsewhere what is noted stays.
  if (values.tlsFingerprint !== undefined && digitsOf(values.tlsFingerprint) !== (camera.tlsFingerprint ?? '')) changes.tlsFingerprint = orNull(values.tlsFingerprint.trim());
  if (values.removePassword === true) changes.password = null;
  else if (orNull(values.password) !== null) changes.password = orNull(values.password);
  return changes;
};
