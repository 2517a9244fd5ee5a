/** A profile as text and back. People, cameras and rooms that are not of this site are left out, and counted. Pure. */
import { z } from 'zod';
import { SiteProfile } from '../../../../../contract/parameters.ts';

const File = z.object({ format: z.literal('vigil/profile'), version: z.literal(1), site: z.string(), profile: SiteProfile });

export const profileFile = (profile: SiteProfile, site: string): string => `${JSON.stringify({ format: 'vigil/profile', version: 1, site, profile }, null, 2)}\n`;

/** The place of the first fault, e.g. profile.areas.0.name. */
export const readProfileFile = (text: string): { profile: SiteProfile } | { fault: string } => {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    return { fault: 'JSON' };
  }
  const read = File.safeParse(plain);
  return read.success ? { profile: read.data.profile } : { fault: read.error.issues[0]?.path.join('.') ?? 'profile' };
};

interface Known {
  cameras: readonly { cameraId: string }[];
  people: readonly { personId: string }[];
  rooms: readonly { roomId: string }[];
}

export const fittedTo = (profile: SiteProfile, { cameras, people, rooms }: Known): { profile: SiteProfile; dropped: number } => {
  let dropped = 0;
  const among = (known: ReadonlySet<string>) => (ids: readonly string[]): string[] => {
    const kept = ids.filter((id) => known.has(id));
    dropped += ids.length - kept.length;
    return kept;
  };
  const personIds = new Set(people.map(({ personId }) => personId));
  const person = (id: string | null): string | null => {
    if (id === null || personIds.has(id)) return id;
    dropped += 1;
    return null;
  };
  const cameraIds = among(new Set(cameras.map(({ cameraId }) => cameraId)));
  const roomIds = among(new Set(rooms.map(({ roomId }) => roomId)));
  const head = person(profile.responsibleHead?.personId ?? null);
  const fitted: SiteProfile = {
    ...profile,
    responsibleHead: head === null || profile.responsibleHead === null ? null : { ...profile.responsibleHead, personId: head },
    department: profile.department === null ? null : { ...profile.department, headId: person(profile.department.headId), memberIds: among(personIds)(profile.department.memberIds) },
    areas: profile.areas.map((area) => ({ ...area, cameraIds: cameraIds(area.cameraIds) })),
    organisation: profile.organisation.map((node) => ({ ...node, roomIds: roomIds(node.roomIds) })),
  };
  return { profile: fitted, dropped };
};
