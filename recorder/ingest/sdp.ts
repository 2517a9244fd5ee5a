/** Session descriptions (RFC 4566) as cameras write them: which track is H.264, where it is set up, and its parameter sets (RFC 6184 section 8.1). */
export interface VideoTrack {
  /** URL for SETUP. */
  control: string;
  payloadType: number;
  clockRate: number;
  packetizationMode: number;
  /** SPS and PPS of sprop-parameter-sets; often missing, then they come in band. */
  parameterSets: Buffer[];
}

export interface Described {
  /** Null: no H.264 is offered. */
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

const videoTrack = (m: Media, base: string): VideoTrack | null => {
  if (m.kind !== 'video') return null;
  const map = rtpmap(m).find((r) => r.name === 'H264' && m.payloadTypes.includes(r.payloadType));
  if (map === undefined) return null;
  const format = formatParameters(m, map.payloadType);
  return {
    control: controlUrl(base, attribute(m.attributes, 'control')),
    payloadType: map.payloadType,
    clockRate: map.clockRate,
    packetizationMode: Number(format.get('packetization-mode') ?? '0'),
    parameterSets: (format.get('sprop-parameter-sets') ?? '').split(',').slice(0, 16).flatMap(decodeSet),
  };
};

/** @param base Content-Base, else Content-Location, else the address that was described */
export const parseSdp = (text: string, base: string): Described => {
  const { session, media } = split(text);
  const aggregate = controlUrl(base, attribute(session, 'control'));
  // The first H.264 track: cameras with several streams put the one that was asked for first.
  const video = media.map((m) => videoTrack(m, base)).find((t) => t !== null) ?? null;
  const offered = media.map((m) => rtpmap(m).map((r) => r.name).join('/') || m.kind).join(', ').slice(0, 120);
  return { video, aggregate, offered };
};
