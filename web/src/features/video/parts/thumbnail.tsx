/** A small picture of the moment under the pointer, made by this browser from the footage itself. Looking at it is looking at footage: it is recorded like any playback. */
import { useEffect, useRef, useState } from 'react';
import { CameraPlayer } from '../playback/camera-player.ts';
import type { FootageMap } from '../playback/footage-map.ts';
import { ServerFootage } from '../playback/footage-source.ts';

/** A pointer that passes asks for nothing. */
const restMs = 160;

export const Thumbnail = ({ cameraId, map, at }: { cameraId: string; map: FootageMap; at: number }) => {
  const host = useRef<HTMLSpanElement>(null);
  const [player, setPlayer] = useState<CameraPlayer | null>(null);
  useEffect(() => {
    const made = new CameraPlayer(new ServerFootage(cameraId));
    // A thing outside of React, made and closed with the tip.
    // oxlint-disable-next-line react/set-state-in-effect
    setPlayer(made);
    host.current?.replaceChildren(made.video);
    return () => made.close();
  }, [cameraId]);
  useEffect(() => player?.setMap(map), [player, map]);
  useEffect(() => {
    if (player === null) return;
    const timer = setTimeout(() => player.seek(at), restMs);
    return () => clearTimeout(timer);
  }, [player, at]);
  return <span className="thumbnail" ref={host} aria-hidden="true" />;
};
