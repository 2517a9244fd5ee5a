/** One more camera beside the leader, at the same instant. What it lacks it says itself; a click makes it the leader. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../../../contract/video.ts';
import { CameraPlayer } from '../playback/camera-player.ts';
import { placeAt } from '../playback/footage-map.ts';
import { ServerFootage } from '../playback/footage-source.ts';
import { correctionOf } from '../playback/in-step.ts';
import { cameraTitle } from './live-tile.tsx';
import { PlaybackStage } from './playback-stage.tsx';
import { useFootageMap } from './use-footage-map.ts';

const lookEveryMs = 250;

interface FollowerProps {
  camera: Camera;
  leader: CameraPlayer;
  now: number;
  around: { from: number; until: number };
  onLead: () => void;
  onClose: () => void;
}
export const FollowerStage = (props: FollowerProps) => {
  const { cameraId } = props.camera;
  const [player, setPlayer] = useState<CameraPlayer | null>(null);
  useEffect(() => {
    const made = new CameraPlayer(new ServerFootage(cameraId));
    // A thing outside of React, made and closed with this picture.
    // oxlint-disable-next-line react/set-state-in-effect
    setPlayer(made);
    return () => made.close();
  }, [cameraId]);
  return player === null ? <div className="stage" /> : <Following {...props} player={player} />;
};

const Following = ({ camera, leader, now, around, onLead, onClose, player }: FollowerProps & { player: CameraPlayer }) => {
  const { t } = useTranslation('video');
  const view = useSyncExternalStore(player.subscribe, () => player.view);
  const { map } = useFootageMap(camera.cameraId, [around], now, now - around.until < 180_000 ? 2_000 : 15_000);
  useEffect(() => player.setMap(map), [player, map]);
  useEffect(() => {
    const timer = setInterval(() => keepInStep(leader, player), lookEveryMs);
    return () => clearInterval(timer);
  }, [leader, player]);
  const title = cameraTitle(camera);
  return (
    <div className="follower">
      <PlaybackStage player={player} view={view} map={map} camera={title} small />
      <span className="follower-acts">
        <button type="button" className="video-button" onClick={onLead}>
          {t('playback.lead')}
        </button>
        <button type="button" className="video-button" aria-label={t('playback.dropOf', { camera: title })} onClick={onClose}>
          ×
        </button>
      </span>
    </div>
  );
};

const keepInStep = (leader: CameraPlayer, player: CameraPlayer): void => {
  const at = leader.now;
  if (at === null) return;
  const { playing, speed, loading } = leader.view;
  const mine = player.view;
  // The leader waits for its picture, or stands in a gap of its own: the others wait with it.
  const wanted = playing && !loading;
  if (!wanted && mine.playing) player.pause();
  if (placeAt(player.map, at).kind !== 'recorded') {
    // Nothing of this camera at that instant: it says so, and goes on by itself when there is.
    if (mine.t === null || Math.abs(mine.t - at) > 1_000) player.seek(at);
    return;
  }
  const correction = correctionOf(at, player.now, wanted);
  if (correction.kind === 'seek' && !mine.loading) player.seek(correction.to);
  const rate = correction.kind === 'speed' ? Math.min(16, speed * correction.factor) : speed;
  if (Math.abs(mine.speed - rate) > 0.001) player.setSpeed(rate);
  if (wanted && !player.view.playing && player.view.place === 'recorded') player.play();
};
