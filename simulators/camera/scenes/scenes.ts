/** All drawn scenes by name. */
import { carpark } from './carpark.ts';
import type { SceneName } from './catalogue.ts';
import { gate } from './gate.ts';
import { hall } from './hall.ts';
import { lobby } from './lobby.ts';
import type { Scene } from './render.ts';

export const scenes: Record<SceneName, () => Scene> = { gate, lobby, hall, carpark };
