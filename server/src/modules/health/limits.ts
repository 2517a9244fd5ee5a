/** The limits of the room as health reads them. */
import { minuteMs, secondMs } from '../../base/units.ts';
import type { Rules } from '../../mechanisms/parameters/index.ts';
import type { StreamLimits } from './look-recorder.ts';
import type { PictureLimits } from './picture/judge.ts';

export const streamLimits = (rules: Rules): StreamLimits => ({
  offlineMs: rules.number('device_offline_seconds') * secondMs, clockOffsetMs: rules.number('max_clock_offset_seconds') * secondMs,
  frameShare: rules.number('stream_frame_share'), bitShare: rules.number('stream_bit_share'), minFreePercent: rules.number('storage_min_free_percent'),
});

export const pictureLimits = (rules: Rules): PictureLimits => ({
  blackBelow: rules.number('picture_black_below'), brightAbove: rules.number('picture_bright_above'), sharpness: rules.number('min_sharpness_score'), covered: rules.number('picture_covered_share'),
  shift: rules.number('picture_shift_share'), cast: rules.number('picture_colour_cast'), noise: rules.number('picture_noise'), frozenPictures: rules.number('picture_frozen_pictures'),
});

export const maxAgeMs = (rules: Rules): number => rules.number('device_state_max_age_seconds') * secondMs;
export const pictureIntervalMs = (rules: Rules): number => rules.number('picture_check_interval_seconds') * secondMs;
export const caseAfterMs = (rules: Rules): number => rules.number('lost_device_case_minutes') * minuteMs;
export const normalForMs = (rules: Rules): number => rules.number('fault_normal_minutes') * minuteMs;
