/** Playback of up to 16 cameras in step: any minute that was recorded, and each missing one with its reason (recording.md "Live and playback"). */
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { listCameras, type Camera } from '../../../../../contract/video.ts';
import { useLiveSocket, useServerNow } from '../../../app/live.tsx';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { listBookmarks, makeBookmark } from '../../../../../contract/wall.ts';
import { useAct } from '../../../app/queries.ts';
import { captureStill, type Capture } from '../parts/capture.ts';
import { FollowerStage } from '../parts/follower-stage.tsx';
import { KeysHelp } from '../parts/keys-help.tsx';
import { cameraTitle } from '../parts/live-tile.tsx';
import { neighbourSpeed, PlaybackChooser, PlaybackControls } from '../parts/playback-controls.tsx';
import { usePlaybackKeys, type PlaybackAct } from '../parts/playback-keys.ts';
import { PlaybackStage } from '../parts/playback-stage.tsx';
import { Thumbnail } from '../parts/thumbnail.tsx';
import { TimelineEvents } from '../parts/timeline-events.tsx';
import { TimelineZoom } from '../parts/timeline-zoom.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { useEvents } from '../parts/use-events.ts';
import { useFootageMap } from '../parts/use-footage-map.ts';
import { CameraPlayer } from '../playback/camera-player.ts';
import { nextGap, nextPlayable, previousGap, type FootageMap, type Span } from '../playback/footage-map.ts';
import { ServerFootage } from '../playback/footage-source.ts';
import { columnsFor } from '../playback/in-step.ts';
import { centred, follow } from '../playback/timeline-geometry.ts';
import '../video.css';

const SnapshotDialog = lazy(() => import('../parts/snapshot-dialog.tsx'));
const firstViewMs = 3_600_000;
/** Shown before a gap when one jumps to it: what happened last is what one wants to see. */
const beforeGapMs = 5_000;

const PlaybackPage = () => {
  const { t } = useTranslation('video');
  const cameras = useEndpoint(listCameras, {}, { refetchMs: 30_000 });
  const wanted = useSearchText('camera');
  const [chosen, setChosen] = useState<string | null>(null);
  const list = (cameras.data?.cameras ?? []).toSorted((a, b) => a.number - b.number);
  if (cameras.data === undefined) return cameras.error === null ? <Loading /> : <RefusalBanner error={cameras.error} retry={() => void cameras.refetch()} />;
  const camera = list.find(({ cameraId }) => cameraId === (chosen ?? wanted)) ?? list[0];
  if (camera === undefined) return <Empty what={t('noCameras')} />;
  return <Deck key={camera.cameraId} camera={camera} cameras={list} onCamera={setChosen} />;
};
export default PlaybackPage;

/** The instant outlives a change of camera: one follows a person from picture to picture. So do the cameras beside it. */
let lastAt: number | null = null;
let lastBeside: readonly string[] = [];

const usePlayer = (cameraId: string): CameraPlayer | null => {
  const [player, setPlayer] = useState<CameraPlayer | null>(null);
  useEffect(() => {
    const made = new CameraPlayer(new ServerFootage(cameraId));
    // The player is a thing outside of React, made and closed with the page.
    // oxlint-disable-next-line react/set-state-in-effect
    setPlayer(made);
    return () => {
      lastAt = made.now ?? lastAt;
      made.close();
    };
  }, [cameraId]);
  return player;
};

const Deck = (props: { camera: Camera; cameras: readonly Camera[]; onCamera: (cameraId: string) => void }) => {
  const player = usePlayer(props.camera.cameraId);
  return player === null ? <Loading /> : <PlayingDeck {...props} player={player} />;
};

const newestOf = (map: FootageMap): number | null => {
  const last = map.segments.at(-1);
  return last === undefined ? null : Math.max(last.from, last.until - 2_000);
};

const PlayingDeck = ({ camera, cameras, onCamera, player }: { camera: Camera; cameras: readonly Camera[]; onCamera: (cameraId: string) => void; player: CameraPlayer }) => {
  const socket = useLiveSocket();
  const now = useServerNow();
  const wantedAt = Number(useSearchText('at'));
  const mayShoot = useCan('video.snapshot.take');
  const state = useSyncExternalStore(player.subscribe, () => player.view);
  const [view, setView] = useState<Span>(() => centred(lastAt ?? (wantedAt > 0 ? wantedAt : socket.serverNow() - firstViewMs * 0.4), firstViewMs));
  const [capture, setCapture] = useState<Capture | 'none' | null>(null);
  const [helping, setHelping] = useState(false);
  const [beside, setBeside] = useState<readonly string[]>(() => lastBeside.filter((id) => id !== camera.cameraId));
  const at = state.t ?? (wantedAt > 0 ? wantedAt : now);
  const footage = useFootageMap(camera.cameraId, [view, { from: at - 600_000, until: at + 600_000 }], now, now - at < 180_000 ? 2_000 : 15_000);
  const { map } = footage;
  const around = { from: at - 600_000, until: at + 600_000 };
  const others = beside.flatMap((id) => cameras.find(({ cameraId }) => cameraId === id) ?? []);
  useEffect(() => {
    lastBeside = beside;
  }, [beside]);
  useEffect(() => {
    player.setMap(map);
    // The first answer decides where to begin: where one was, where the address points, or a minute ago.
    if (player.view.t === null && map.covers.length > 0) player.seek(lastAt ?? (wantedAt > 0 ? wantedAt : (nextPlayable(map, map.now - 60_000) ?? newestOf(map) ?? map.now - 60_000)));
  }, [player, map, wantedAt]);
  const events = useEvents(camera.cameraId, view);
  const mark = useMarking(camera.cameraId);
  const shownView = state.playing && state.t !== null ? follow(view, state.t) : view;

  const go = (to: number) => {
    player.seek(to);
    setView(to >= shownView.from && to <= shownView.until ? shownView : centred(to, shownView.until - shownView.from));
  };
  const shoot = () => {
    if (mayShoot !== true) return;
    const still = player.still();
    player.pause();
    setCapture(still === null ? 'none' : captureStill(still, { cameraId: camera.cameraId, title: cameraTitle(camera), source: 'playback' }));
  };
  const onAct = (act: PlaybackAct) => {
    const here = player.now ?? at;
    if (act === 'toggle' && state.playing) player.pause();
    else if (act === 'toggle') player.play();
    else if (act === 'back' || act === 'on') go(here + (act === 'on' ? 10_000 : -10_000));
    else if (act === 'stepBack' || act === 'stepOn') player.step(act === 'stepOn' ? 1 : -1);
    else if (act === 'slower' || act === 'faster') player.setSpeed(neighbourSpeed(state.speed, act === 'faster' ? 1 : -1));
    else if (act === 'snapshot') shoot();
    else if (act === 'mark') mark.press(state.t);
    else if (act === 'help') setHelping(true);
    else if (act === 'eventOn' || act === 'eventBack') {
      const to = act === 'eventOn' ? events.find((event) => event.at > here + 1_000) : events.findLast((event) => event.at < here - 1_000);
      if (to !== undefined) go(to.at);
    }
    else {
      const gap = act === 'gapOn' ? nextGap(map, here + beforeGapMs) : previousGap(map, here);
      if (gap !== null) go(gap.from - beforeGapMs);
    }
  };
  usePlaybackKeys(onAct);

  return (
    <div className="playback">
      <PlaybackChooser cameras={cameras} cameraId={camera.cameraId} at={at} now={now} onCamera={onCamera} onTime={go} onNewest={() => go(newestOf(map) ?? now)} beside={beside} onBeside={(id) => setBeside([...beside, id])} />
      {footage.error !== null && <RefusalBanner error={footage.error} retry={footage.retry} />}
      <div className="deck" style={{ '--columns': columnsFor(1 + others.length) } as React.CSSProperties}>
        <PlaybackStage player={player} view={state} map={map} camera={cameraTitle(camera)} small={others.length > 0} />
        {others.map((other) => (
          <FollowerStage
            key={other.cameraId}
            camera={other}
            leader={player}
            now={now}
            around={around}
            onLead={() => {
              lastBeside = [camera.cameraId, ...beside.filter((id) => id !== other.cameraId)];
              onCamera(other.cameraId);
            }}
            onClose={() => setBeside(beside.filter((id) => id !== other.cameraId))}
          />
        ))}
      </div>
      {mark.said}
      <PlaybackControls playing={state.playing} speed={state.speed} mayShoot={mayShoot} onAct={onAct} onSpeed={(speed) => player.setSpeed(speed)} />
      <TimelineEvents events={events} view={shownView} onGo={go} />
      <Timeline thumbnail={(moment) => <Thumbnail cameraId={camera.cameraId} map={map} at={moment} />} camera={cameraTitle(camera)} map={map} view={shownView} now={now} playhead={() => player.now} at={state.t} playing={state.playing} onView={setView} onSeek={go} />
      <TimelineZoom view={shownView} around={state.t} onView={setView} />
      {helping && <PlaybackHelp onClose={() => setHelping(false)} />}
      {capture !== null && (
        <Suspense>
          <SnapshotDialog capture={capture} onClose={() => setCapture(null)} />
        </Suspense>
      )}
    </div>
  );
};

/** One key marks the instant that is shown, to be found again. */
const useMarking = (cameraId: string) => {
  const { t } = useTranslation('video');
  const may = useCan('video.marks.make');
  const mark = useAct(makeBookmark, [listBookmarks.path]);
  return {
    press: (at: number | null) => {
      if (at !== null && may === true) mark.mutate({ body: { cameraId, frameAt: Math.round(at), kind: 'bookmark', note: '', source: 'playback' } });
    },
    said:
      mark.error !== null ? (
        <RefusalBanner error={mark.error} />
      ) : mark.data === undefined ? null : (
        <p key={mark.data.bookmarkId} className="wall-said" role="status">
          {t('events.made')}
        </p>
      ),
  };
};

const PlaybackHelp = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('video');
  const rows = [
    ['␣', t('help.play')], ['← →', t('help.ten')], [', .', t('help.step')], ['− +', t('help.speed')], ['PgUp PgDn', t('help.gaps')], ['Home End', t('help.events')], ['Insert', t('help.bookmark')], ['F3', t('help.shot')], ['?', t('help.help')],
  ] as const;
  return <KeysHelp rows={rows} onClose={onClose} />;
};
