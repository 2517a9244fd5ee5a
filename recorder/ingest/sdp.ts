/**
 * Session descriptions (RFC 4566) as cameras write them: which track is video, where it is set up, and its
 * parameter sets (H.264: RFC 6184 section 8.1, H.265: RFC 7798 section 7.1).
 */
import { videoTicksPerSecond } from '../../server/src/base/units.ts';

export type VideoCodec = 'h264' | 'h265';

export interface VideoTrack {
  codec: VideoCodec;
  /** URL for SETUP. */
  control: string;
  payloadType: number;
  clockRate: number;
  /** VPS, SPS and PPS; often missing, then they come in band. */
  parameterSets: Buffer[];
}

export interface Described {
  /** Null: neither H.264 nor H.265 is offered. */
  video: VideoTrack | null;
  /** URL for PLAY and TEARDOWN of the whole. */
  aggregate: string;
  /** What is offered, for people: "H265, PCMU". */
  offered: string;
}

interface Media {
  kind: string;
  payloadTypes: number[];
  attributes: string[];
}

const mostMedia = 32;
const longestControl = 2_048;

const split = (text: string): { session: string[]; media: Media[] } => {
  const session: string[] = [];
  const media: Media[] = [];
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    if (line.startsWith('m=') && media.length < mostMedia) {
      const [kind = '', , , ...formats] = line.slice(2).split(/\s+/);
      media.push({ kind: kind.toLowerCase(), payloadTypes: formats.map(Number).filter((n) => Number.isInteger(n) && n >= 0 && n <= 127), attributes: [] });
    } else if (line.startsWith('a=')) (media.at(-1)?.attributes ?? session).push(line.slice(2));
  }
  return { session, media };
};

const attribute = (attributes: readonly string[], name: string): string | null => {
  const found = attributes.find((a) => a.toLowerCase().startsWith(`${name}:`));
  return found === undefined ? null : found.slice(name.length + 1).trim();
};

/**
 * A control address against its base. Cameras expect the two put together as text, query and all (".../realmonitor?channel=1/trackID=0"),
 * not resolved by RFC 3986.
 */
export const controlUrl = (base: string, control: string | null): string => {
  const usable = control === null || control === '' || control === '*' || control.length > longestControl || /[^\u0021-\u007e]/.test(control) ? null : control;
  if (usable === null) return base;
  if (/^rtsps?:\/\//i.test(usable)) return usable.replace(/^(rtsps?:\/\/)[^/?#]*@/i, '$1');
  return base.endsWith('/') || usable.startsWith('/') ? `${base.replace(/\/$/, '')}/${usable.replace(/^\//, '')}` : `${base}/${usable}`;
};

const rtpmap = (m: Media): { payloadType: number; name: string; clockRate: number }[] =>
  m.attributes.flatMap((a) => {
    const [, type, name, rate] = /^rtpmap:\s*(\d{1,3})\s+([\w.-]+)\/(\d{1,9})/i.exec(a) ?? [];
    return type === undefined || name === undefined ? [] : [{ payloadType: Number(type), name: name.toUpperCase(), clockRate: Number(rate) }];
  });

/** Base64 of standard alphabet only; Node would pass over anything else in silence. */
const decodeSet = (text: string): Buffer[] => {
  const clean = text.trim();
  if (clean === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(clean)) return [];
  const nal = Buffer.from(clean, 'base64');
  return nal.length > 0 ? [nal] : [];
};

const formatParameters = (m: Media, payloadType: number): Map<string, string> => {
  const found = new Map<string, string>();
  for (const a of m.attributes) {
    const [, type, rest = ''] = /^fmtp:\s*(\d{1,3})\s+(.*)$/i.exec(a) ?? [];
    if (type === undefined || Number(type) !== payloadType) continue;
    for (const part of rest.split(';')) {
      const equals = part.indexOf('=');
      if (equals > 0) found.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
    }
  }
  return found;
};

/** Some write HEVC for the name of RFC 7798. */
const codecNames: ReadonlyMap<string, VideoCodec> = new Map([
  ['H264', 'h264'],
  ['H265', 'h265'],
  ['HEVC', 'h265'],
]);
const setNames: Readonly<Record<VideoCodec, readonly string[]>> = { h264: ['sprop-parameter-sets'], h265: ['sprop-vps', 'sprop-sps', 'sprop-pps'] };

/** Some name no encoding at all, but send parameter sets that only one of them has. */
const unnamed = (m: Media): { payloadType: number; name: string; clockRate: number } | undefined => {
  const [payloadType] = m.payloadTypes;
  if (payloadType === undefined || rtpmap(m).length > 0) return undefined;
  const format = formatParameters(m, payloadType);
  const name = format.has('sprop-parameter-sets') ? 'H264' : format.has('sprop-sps') ? 'H265' : null;
  return name === null ? undefined : { payloadType, name, clockRate: videoTicksPerSecond };
};

const videoTrack = (m: Media, base: string): VideoTrack | null => {
  if (m.kind !== 'video') return null;
  const map = rtpmap(m).find((r) => codecNames.has(r.name) && m.payloadTypes.includes(r.payloadType)) ?? unnamed(m);
  const codec = codecNames.get(map?.name ?? '');
  if (map === undefined || codec === undefined) return null;
  const format = formatParameters(m, map.payloadType);
  if (Number(format.get('sprop-max-don-diff') ?? '0') > 0) return null; // pictures out of order: see h265.ts
  return {
    codec,
    control: controlUrl(base, attribute(m.attributes, 'control')),
    payloadType: map.payloadType,
    clockRate: map.clockRate,
    parameterSets: setNames[codec].flatMap((name) => (format.get(name) ?? '').split(',').slice(0, 16).flatMap(decodeSet)),
  };
};

/** @param base Content-Base, else Content-Location, else the address that was described */
export const parseSdp = (text: string, base: string): Described => {
  const { session, media } = split(text);
  const aggregate = controlUrl(base, attribute(session, 'control'));
  // The first video track: cameras with several streams put the one that was asked for first.
  const video = media.map((m) => videoTrack(m, base)).find((t) => t !== null) ?? null;
  const offered = media.map((m) => rtpmap(m).map((r) => r.name).join('/') || m.kind).join(', ').slice(0, 120);
  return { video, aggregate, offered };
};
