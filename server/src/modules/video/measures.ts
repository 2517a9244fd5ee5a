/** Figures of the video module for monitoring systems: is the journal taken over in time, who looks, what alarms. */
import { Counter, Gauge, type Registry } from 'prom-client';

export interface VideoMeasures {
  /** Age of the oldest entry of the page that was taken over last. */
  journalLagSeconds: Gauge;
  journalBehind: Gauge;
  setAside: Counter;
  gapAlarms: Counter;
  recorderPresent: Gauge;
  livePictures: Gauge;
  framesDropped: Counter;
  /** Not a number while it cannot be told. */
  storageDays: Gauge;
  storageDaysRequired: Gauge;
}

export const createVideoMeasures = (registry: Registry): VideoMeasures => {
  const registers = [registry];
  return {
    journalLagSeconds: new Gauge({ name: 'vigil_journal_lag_seconds', help: 'Age of the oldest entry when the last page of the recorder journal was taken over', registers }),
    journalBehind: new Gauge({ name: 'vigil_journal_behind_entries', help: 'Entries of the recorder journal that are not taken over yet', registers }),
    setAside: new Counter({ name: 'vigil_journal_set_aside_total', help: 'Entries of the recorder journal that no table could take', registers }),
    gapAlarms: new Counter({ name: 'vigil_gap_alarms_total', help: 'Gaps that lasted long enough for an alarm', registers }),
    recorderPresent: new Gauge({ name: 'vigil_recorder_present', help: '1 while the recorder answers', registers }),
    livePictures: new Gauge({ name: 'vigil_live_pictures', help: 'Live pictures in all windows of this server', registers }),
    framesDropped: new Counter({ name: 'vigil_live_frames_dropped_total', help: 'Frames that slow windows did not get', registers }),
    storageDays: new Gauge({ name: 'vigil_storage_days', help: 'Days that footage can be kept with the storage there is, from measured bytes a day; NaN: cannot be told', registers }),
    storageDaysRequired: new Gauge({ name: 'vigil_storage_days_required', help: 'Days that footage must be kept, the longest of the cameras that record', registers }),
  };
};
