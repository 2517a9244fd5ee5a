import { describe, expect, it } from 'vitest';
import { isCalm, wrongCameras, wrongPictures } from './wrong-cameras.ts';

const camera = (number: number, state: 'recording' | 'lost' | 'off' | 'connecting', stateSince = 0) => ({ cameraId: `cam_${number}`, number, state, stateSince });

describe('what is wrong now', () => {
  it('lost cameras stand first, the longest before the others, then those on their way, then those stopped by a person', () => {
    const all = [camera(1, 'recording'), camera(2, 'off'), camera(3, 'lost', 20), camera(4, 'connecting'), camera(5, 'lost', 10)];
    expect(wrongCameras(all).map(({ number }) => number)).toEqual([5, 3, 4, 2]);
  });
  it('a stopped picture counts although the recorder still calls the camera recording; one that is lost anyway counts once', () => {
    const troubles = new Map([['cam_3', 'lost'], ['cam_1', 'frozen'], ['cam_2', 'lost'], ['cam_9', 'lost']] as const);
    expect(wrongPictures([camera(3, 'recording'), camera(2, 'lost'), camera(1, 'recording'), camera(4, 'recording')], troubles).map(({ camera: { number }, trouble }) => [number, trouble])).toEqual([[1, 'frozen'], [3, 'lost']]);
  });
  it('the room is calm only when all is known and nothing is wrong, no alarm open', () => {
    const calm = { cameras: 4, wrong: 0, openAlarms: 0, unsure: false };
    expect(isCalm(calm)).toBe(true);
    for (const change of [{ cameras: null }, { cameras: 0 }, { wrong: 1 }, { openAlarms: 1 }, { unsure: true }]) expect(isCalm({ ...calm, ...change })).toBe(false);
  });
});
