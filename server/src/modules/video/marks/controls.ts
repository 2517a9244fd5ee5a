/** Rules of snapshots and marks, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

/** A picture alone proves little: the seconds around it belong to it. */
export const clipBelongs = declareControl({
  name: 'video.clip_belongs', holds: { zh: '抓拍连同前后录像一起入账', en: 'a snapshot keeps the footage around it' }, pairs: ['BRN-8.2 SNAP'],
});
export const suspiciousRecorded = declareControl({
  name: 'video.suspicious_recorded', holds: { zh: '可疑情况标记即入账', en: 'a suspicious mark is a record' }, pairs: ['RES-4.2.2 SNAP'],
});

export const markControls: readonly Control[] = [clipBelongs, suspiciousRecorded];
