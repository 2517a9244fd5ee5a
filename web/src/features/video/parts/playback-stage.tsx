/** The picture of playback with everything that must be said on it: whose eyes, which camera, which instant, and why there is no picture when there is none. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { codecWord } from '../codec-word.ts';
import { useSession } from '../../../app/session.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { RefusalBanner, sentenceOf } from '../../../ui/states.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { spanText } from '../../../ui/time-format.ts';
import { RefusalError } from '../../../app/client.ts';
import type { CameraPlayer, PlayerView } from '../playback/camera-player.ts';
import { placeAt, type FootageMap } from '../playback/footage-map.ts';
import { UndecodableError } from '../playback/media-track.ts';
import { clockText, dateText } from '../playback/site-time.ts';
import type { SkipNote } from '../playback/skip.ts';
import { useWatermark, Watermark } from './watermark.tsx';

export const PlaybackStage = ({ player, view, map, camera, small = false }: { player: CameraPlayer; view: PlayerView; map: FootageMap; camera: string; small?: boolean }) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const host = useRef<HTMLDivElement>(null);
  const watermark = useWatermark();
  useEffect(() => {
    host.current?.replaceChildren(player.video);
  }, [player]);
  const shown = view.t !== null;
  return (
    <div className={small ? 'stage stage-small' : 'stage'}>
      <div className="tile-picture" ref={host} />
      <Watermark text={watermark} />
      <span className="tile-name">{camera}</span>
      {shown && (
        <time className="stage-time">
          <span>{dateText(site.timeZone, view.t ?? 0)}</span> {clockText(site.timeZone, view.t ?? 0)}
          {!view.playing && <small>.{clockText(site.timeZone, view.t ?? 0, 'millisecond').slice(-3)}</small>}
        </time>
      )}
      {view.loading && <span className="tile-note">{t('playback.loading')}</span>}
      {shown && view.place !== 'recorded' && <NoPicture map={map} t={view.t ?? 0} />}
      {view.error !== null && <Failure error={view.error} onRetry={() => player.retry()} />}
      {view.note !== null && <Skipped note={view.note} />}
      {view.atEnd && shown && (
        <span className="stage-note">
          <PriorityMark priority="information" /> {t('playback.inOpen', { time: clockText(site.timeZone, view.t ?? 0) })}
        </span>
      )}
    </div>
  );
};

const NoPicture = ({ map, t: at }: { map: FootageMap; t: number }) => {
  const { t } = useTranslation('video');
  const { t: tApp } = useTranslation('app');
  const { site } = useSession();
  const place = placeAt(map, at);
  if (place.kind === 'recorded') return null;
  const clock = (instant: number) => clockText(site.timeZone, instant);
  const words =
    place.kind === 'gap'
      ? t(place.gap.open ? 'playback.inGapOpen' : 'playback.inGap', { reason: tApp(`gapReason.${place.gap.reason}`), from: clock(place.gap.from), until: clock(place.gap.until) })
      : place.kind === 'open'
        ? t('playback.inOpen', { time: clock(map.segments.at(-1)?.until ?? at) })
        : t(place.kind === 'future' ? 'playback.inFuture' : 'playback.inNone');
  return (
    <div className="stage-none" role="status">
      {place.kind === 'gap' && <PriorityMark priority="high" />}
      <p>{words}</p>
    </div>
  );
};

const Skipped = ({ note }: { note: SkipNote }) => {
  const { t } = useTranslation('video');
  const { t: tApp } = useTranslation('app');
  const language = useLanguage();
  const { site } = useSession();
  const clock = (instant: number) => clockText(site.timeZone, instant);
  // Counted between the seconds that stand beside it: 07:43:52 – 07:43:54 are two.
  const second = (instant: number) => Math.floor(instant / 1_000) * 1_000;
  const common = { span: spanText(second(note.to) - second(note.from), language), from: clock(note.from), until: clock(note.to) };
  if (note.first && note.gaps.length === 0)
    return (
      <span className="stage-note" role="status">
        <PriorityMark priority="information" /> {t('playback.begins', { time: `${dateText(site.timeZone, note.to)} ${clock(note.to)}` })}
      </span>
    );
  const reasons = [...new Set(note.gaps.map(({ reason }) => tApp(`gapReason.${reason}`)))].join(language === 'en' ? ', ' : '、');
  return (
    <span className="stage-note" role="status">
      <PriorityMark priority={note.gaps.length === 0 ? 'critical' : 'high'} />
      {note.gaps.length === 0 ? t('playback.skippedHole', common) : t('playback.skipped', { ...common, reason: reasons })}
    </span>
  );
};

const Failure = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const { t } = useTranslation('video');
  const say = useSay();
  const words = error instanceof UndecodableError ? t('playback.undecodable', { codec: codecWord(error.codec) }) : error instanceof RefusalError ? say(sentenceOf(error)) : t('playback.failed');
  return (
    <div className="stage-none">
      <RefusalBanner error={{ refusal: { zh: words, en: words } }} retry={onRetry} />
    </div>
  );
};
