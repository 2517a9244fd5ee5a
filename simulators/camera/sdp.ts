/** The session description of one stream (RFC 8866, H.264 by RFC 6184 8.1, H.265 by RFC 7798 7.1). */
import { payloadType, type PackedLoop } from './packets.ts';

export const videoControl = 'trackID=0';

export const describeStream = (loop: PackedLoop, name: string, withParameterSets: boolean): string => {
  const format = loop.format(withParameterSets);
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    `s=${name}`,
    'c=IN IP4 0.0.0.0',
    't=0 0',
    'a=control:*',
    'a=range:npt=now-',
    `m=video 0 RTP/AVP ${payloadType}`,
    'b=AS:4000',
    `a=rtpmap:${payloadType} ${loop.encoding}/90000`,
    ...(format === '' ? [] : [`a=fmtp:${payloadType} ${format}`]),
    `a=framerate:${loop.framesPerSecond}`,
    `a=control:${videoControl}`,
    '',
  ].join('\r\n');
};

export const describeSoundOnly = (name: string): string =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', `s=${name}`, 't=0 0', 'a=control:*', 'm=audio 0 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=control:trackID=0', ''].join(
    '\r\n',
  );
