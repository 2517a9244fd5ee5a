/** Whether a camera has to be recorded now: settings may be older than the end of the approved stop that they tell of. Pure. */
import type { CameraSource, GapReason } from '../../contract/recorder.ts';
import type { Instant } from '../../server/src/base/clock.ts';

export const asOf = (source: CameraSource, now: Instant): CameraSource =>
  !source.record && source.recordAgainAt != null && now >= source.recordAgainAt ? { ...source, record: true, recordAgainAt: null } : source;

/** What its gap says while it is off. */
export const offBy = ({ record, recordAgainAt }: CameraSource): GapReason => (!record && recordAgainAt != null ? 'stop_approved' : 'recording_off');

/** A change of one of these needs a new connection; another name does not. */
const reconnectsFor = ['url', 'username', 'password', 'allowLocal', 'record', 'transport', 'tlsFingerprint'] as const satisfies readonly (keyof CameraSource)[];
/** Settings sealed by an earlier version do not say them. */
const absent: Partial<CameraSource> = { transport: 'tcp', tlsFingerprint: null };

export const sameConnection = (one: CameraSource, other: CameraSource): boolean => reconnectsFor.every((field) => (one[field] ?? absent[field]) === (other[field] ?? absent[field]));
