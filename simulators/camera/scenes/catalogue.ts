/** The drawn scenes and where their loops lie. `encode.ts` makes them; its result is committed. */
import { existsSync } from 'node:fs';

export const sceneNames = ['gate', 'lobby', 'hall', 'carpark'] as const;
export type SceneName = (typeof sceneNames)[number];

export const sceneTitles: Record<SceneName, { zh: string; en: string }> = {
  gate: { zh: '东大门', en: 'East gate' },
  lobby: { zh: '一楼大厅', en: 'Lobby' },
  hall: { zh: '候车厅', en: 'Waiting hall' },
  carpark: { zh: '停车场', en: 'Car park' },
};

export const sceneFramesPerSecond = 15;
/** Pictures between key pictures: two seconds. */
export const sceneGop = 30;
/** Pictures of a loop: 24 seconds. */
export const sceneFrames = 360;

const besideSource = new URL('./loops/', import.meta.url);
/** Compiled programs stand under dist/ without the loops, which lie with the sources. */
const folder = existsSync(besideSource) ? besideSource : new URL('../../../../simulators/camera/scenes/loops/', import.meta.url);

/** The gate once more in H.265: `encode.ts gate --h265` makes it from its H.264 loop. */
export const hevcLoopFile = new URL('gate-main.h265', folder);

export const loopFile = (scene: SceneName, stream: 'main' | 'sub'): URL => new URL(`${scene}-${stream}.h264`, folder);
