/** Footage of one request, for whom its viewing was opened: these cameras and this span and nothing beside. The server decides at each byte; the page shows no more than it would give. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { request as requestEndpoint, type RequestView } from '../../../../../contract/evidence.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { neighbourSpeed, PlaybackControls } from '../../video/parts/playback-controls.tsx';
import { usePlaybackKeys, type PlaybackAct } from '../../video/parts/playback-keys.ts';
import { PlaybackStage } from '../../video/parts/playback-stage.tsx';
import { Timeline } from '../../video/parts/timeline.tsx';
import { useFootageMap } from '../../video/parts/use-footage-map.ts';
import { CameraPlayer } from '../../video/playback/camera-player.ts';
import { nextGap, nextPlayable, previousGap, type Span } from '../../video/playback/footage-map.ts';
import { ServerFootage } from '../../video/playback/footage-source.ts';
import { useMoment, useSpan } from '../parts/use-words.ts';
import '../../video/video.css';
import '../evidence.css';

const againMs = 15_000;

const WatchPage = () => {
  const { t } = useTranslation('archive');
  const id = useSearchText('id');
  const { data, error, refetch } = useEndpoint(requestEndpoint, { params: { requestId: id } }, { enabled: id !== '', refetchMs: againMs, keepOld: true });
  useEffect(() => {
    document.title = `${t('watch.title')} · 值守 Vigil`;
  }, [t]);
  if (id === '') return <Empty what={t('watch.none')} />;
  if (data === undefined) return error === null ? <Loading /> : <RefusalBanner error={error} retry={() => void refetch()} />;
  return <Watch one={data} />;
};
export default WatchPage;

const Watch = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('archive');
  const span = useSpan();
  const moment = useMoment();
  const [chosen, setChosen] = useState<string | null>(null);
  const open = one.viewings.find(({ until }) => until === null);
  const index = Math.max(0, one.cameraIds.indexOf(chosen ?? ''));
  const cameraId = one.cameraIds[index];
  const words = one.state === 'ready' ? t('watch.notYet') : t('watch.over');
  return (
    <div className="playback">
      <header className="watch-head">
        <h1>{t('watch.titleOf', { number: one.number })}</h1>
        {one.cameraIds.length > 1 && (
          <select className="video-button" aria-label={t('watch.camera')} value={cameraId} onChange={(event) => setChosen(event.target.value)}>
            {one.cameraIds.map((known, n) => <option key={known} value={known}>{one.cameras[n]}</option>)}
          </select>
        )}
        <span className="tabular">{span(one.from, one.until)}</span>
        {one.validUntil !== null && open !== undefined && <span className="dim tabular">{t('watch.until', { time: moment(one.validUntil) })}</span>}
        <Link to={'/footage/request'} search={{ id: one.requestId }} className="footage-link">{t('watch.back')}</Link>
      </header>
      {open === undefined || cameraId === undefined ? <div className="watch-over"><Notice priority="medium">{words}</Notice></div> : <Deck key={`${open.viewingId} ${cameraId}`} one={one} cameraId={cameraId} camera={one.cameras[index] ?? ''} />}
    </div>
  );
};

interface DeckProps {
  one: Pick<RequestView, 'from' | 'until'>;
  cameraId: string;
  camera: string;
}

const Deck = (props: DeckProps) => {
  const { cameraId } = props;
  const [player, setPlayer] = useState<CameraPlayer | null>(null);
  useEffect(() => {
    const made = new CameraPlayer(new ServerFootage(cameraId));
    // The player is a thing outside of React, made and closed with the page.
    // oxlint-disable-next-line react/set-state-in-effect
    setPlayer(made);
    return () => made.close();
  }, [cameraId]);
  return player === null ? <Loading /> : <PlayingDeck {...props} player={player} />;
};

/** A little room at both ends, so that the edges of what was approved are seen. */
const margin = 0.05;

const PlayingDeck = ({ one, cameraId, camera, player }: DeckProps & { player: CameraPlayer }) => {
  const { t } = useTranslation('archive');
  const { from, until } = one;
  const now = useServerNow();
  const state = useSyncExternalStore(player.subscribe, () => player.view);
  const around = (until - from) * margin;
  const [view, setView] = useState<Span>({ from: from - around, until: until + around });
  const { map, error, retry } = useFootageMap(cameraId, [{ from, until }], now, againMs);
  useEffect(() => {
    player.setMap(map);
    if (player.view.t === null && map.covers.length > 0) player.seek(nextPlayable(map, from) ?? from);
  }, [player, map, from]);
  const over = state.playing && state.t !== null && state.t >= until;
  useEffect(() => {
    if (over) player.pause();
  }, [over, player]);

  const go = (to: number): void => player.seek(Math.min(Math.max(to, from), until - 1));
  const onAct = (act: PlaybackAct): void => {
    const here = player.now ?? from;
    if (act === 'toggle' && state.playing) player.pause();
    else if (act === 'toggle') player.play();
    else if (act === 'back' || act === 'on') go(here + (act === 'on' ? 10_000 : -10_000));
    else if (act === 'stepBack' || act === 'stepOn') player.step(act === 'stepOn' ? 1 : -1);
    else if (act === 'slower' || act === 'faster') player.setSpeed(neighbourSpeed(state.speed, act === 'faster' ? 1 : -1));
    else if (act !== 'snapshot') {
      const gap = act === 'gapOn' ? nextGap(map, here) : previousGap(map, here);
      if (gap !== null) go(gap.from);
    }
  };
  usePlaybackKeys(onAct);
  return (
    <>
      {error !== null && <RefusalBanner error={error} retry={retry} />}
      <PlaybackStage player={player} view={state} map={map} camera={camera} />
      <PlaybackControls playing={state.playing} speed={state.speed} mayShoot={{ zh: t('watch.keepsNothing'), en: t('watch.keepsNothing') }} onAct={onAct} onSpeed={(speed) => player.setSpeed(speed)} />
      <Timeline camera={camera} map={map} view={view} now={now} playhead={() => player.now} at={state.t} playing={state.playing} onView={setView} onSeek={go} />
    </>
  );
};
