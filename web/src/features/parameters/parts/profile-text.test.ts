import { expect, test } from 'vitest';
import type { SiteProfile } from '../../../../../contract/parameters.ts';
import { fittedTo, profileFile, readProfileFile } from './profile-text.ts';

const profile: SiteProfile = {
  siteKind: 'coach_station', mission: '保护旅客', placeInOrganisation: '', responsibleHead: { personId: 'per_1', title: '站长' },
  department: { name: '安保部', headId: 'per_9', memberIds: ['per_1', 'per_2'], duties: ['值守'] },
  areas: [{ areaId: 'area_1', name: '候车厅', cameraIds: ['cam_1', 'cam_2'], gap: null }], purposes: [], systems: [],
  organisation: [{ nodeId: 'hq', kind: 'headquarters', name: '总公司', parentId: null, roomIds: ['room_1', 'room_2'] }], assetGroups: [],
};
const known = { cameras: [{ cameraId: 'cam_1' }], people: [{ personId: 'per_1' }], rooms: [{ roomId: 'room_1' }] };

test('what goes out comes in again, word for word', () => {
  expect(readProfileFile(profileFile(profile, '东门客运站'))).toEqual({ profile });
});

test('a fault is told with its place, and nothing is taken', () => {
  expect(readProfileFile('{')).toEqual({ fault: 'JSON' });
  const text = profileFile(profile, 'x').replace('"name": "候车厅"', '"name": ""');
  expect(readProfileFile(text)).toEqual({ fault: 'profile.areas.0.name' });
});

test('people, cameras and rooms of another site are left out and counted', () => {
  const { profile: fitted, dropped } = fittedTo(profile, known);
  expect(dropped).toBe(4);
  expect(fitted).toMatchObject({ responsibleHead: { personId: 'per_1' }, department: { headId: null, memberIds: ['per_1'] }, areas: [{ cameraIds: ['cam_1'] }], organisation: [{ roomIds: ['room_1'] }] });
});
