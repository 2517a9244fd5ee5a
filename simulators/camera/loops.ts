/** Loops on disk: the drawn scenes that are committed beside this file, or any H.264 or H.265 byte stream that begins with a key picture. */
import { readFile } from 'node:fs/promises';
import { picturesOf } from './h264.ts';
import { hevcPicturesOf, packHevcLoop } from './h265.ts';
import { packLoop, type PackedLoop } from './packets.ts';
import { loopFile, sceneFramesPerSecond, sceneNames, type SceneName } from './scenes/catalogue.ts';

const packed = new Map<string, Promise<PackedLoop>>();

/** Read and packetised once a process, then shared. */
export const loadLoop = (file: string | URL, framesPerSecond: number): Promise<PackedLoop> => {
  const key = `${String(file)}@${framesPerSecond}`;
  const known = packed.get(key);
  if (known !== undefined) return known;
  const loading = readFile(file).then((bytes) => {
    if (/\.(?:h265|hevc)$/i.test(String(file))) {
      const { sets, pictures } = hevcPicturesOf(bytes);
      return packHevcLoop(sets, pictures, framesPerSecond);
    }
    const { sets, pictures } = picturesOf(bytes);
    return packLoop(sets, pictures, framesPerSecond);
  });
  packed.set(key, loading);
  return loading;
};

export const isScene = (name: string): name is SceneName => sceneNames.some((scene) => scene === name);

export const loadScene = async (name: SceneName): Promise<{ main: PackedLoop; sub: PackedLoop }> => ({
  main: await loadLoop(loopFile(name, 'main'), sceneFramesPerSecond),
  sub: await loadLoop(loopFile(name, 'sub'), sceneFramesPerSecond),
});
