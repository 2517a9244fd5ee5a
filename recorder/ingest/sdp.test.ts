import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlUrl, parseSdp } from './sdp.ts';

const sdp = (...lines: string[]): string => ['v=0', 'o=- 0 0 IN IP4 0.0.0.0', 's=x', ...lines, ''].join('\r\n');
const video = ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000', 'a=fmtp:96 packetization-mode=1; profile-level-id=64001F; sprop-parameter-sets=Z2QAH6y0AoAt2AiAAAADAIAAAA8HjBlQ,aO8EcsA='];

describe('session description', () => {
  it('finds the H.264 track, its parameter sets and where to set it up', () => {
    const found = parseSdp(sdp('a=control:*', 'm=audio 0 RTP/AVP 8', 'a=control:trackID=1', ...video, 'a=control:trackID=0'), 'rtsp://c/live/');
    expect(found).toMatchObject({ aggregate: 'rtsp://c/live/', offered: 'audio, H264', video: { codec: 'h264', control: 'rtsp://c/live/trackID=0', payloadType: 96, clockRate: 90_000 } });
    expect(found.video?.parameterSets.map((nal) => (nal[0] ?? 0) & 0x1f)).toEqual([7, 8]);
  });

  it('does without parameter sets, and passes over broken ones', () => {
    expect(parseSdp(sdp('m=video 0 RTP/AVP 97', 'a=rtpmap:97 h264/90000'), 'rtsp://c/').video).toMatchObject({ payloadType: 97, parameterSets: [], control: 'rtsp://c/' });
    expect(parseSdp(sdp('m=video 0 RTP/AVP 97', 'a=rtpmap:97 H264/90000', 'a=fmtp:97 sprop-parameter-sets=%%%,,'), 'rtsp://c/').video?.parameterSets).toEqual([]);
  });

  it('finds an H.265 track under both its names, with its three kinds of parameter sets', () => {
    const sets = 'sprop-vps=QAEMAf//AWAAAAMAkAAAAwAAAwA/koCQ;sprop-sps=QgEBAWAAAAMAkAAAAwAAAwA/oAUCAWllkqSTK8BaAgAAAwACAAADABgQ; sprop-pps=RAHBcrRiQA==';
    for (const name of ['H265', 'hevc']) {
      const { video: track } = parseSdp(sdp('m=video 0 RTP/AVP 98', `a=rtpmap:98 ${name}/90000`, `a=fmtp:98 profile-id=1;${sets}`), 'rtsp://c/');
      expect(track).toMatchObject({ codec: 'h265', payloadType: 98 });
      expect(track?.parameterSets.map((nal) => ((nal[0] ?? 0) >> 1) & 0x3f)).toEqual([32, 33, 34]);
    }
    expect(parseSdp(sdp('m=video 0 RTP/AVP 98', 'a=rtpmap:98 H265/90000', 'a=fmtp:98 sprop-max-don-diff=2'), 'rtsp://c/').video).toBeNull();
  });

  it('says what is offered where neither H.264 nor H.265 is', () => {
    const found = parseSdp(sdp('m=video 0 RTP/AVP 26', 'a=rtpmap:26 JPEG/90000', 'm=audio 0 RTP/AVP 0'), 'rtsp://c/');
    expect(found.video).toBeNull();
    expect(found.offered).toBe('JPEG, audio');
  });

  it.each([
    ['rtsp://c/live/', 'trackID=0', 'rtsp://c/live/trackID=0'],
    ['rtsp://c/live', 'trackID=0', 'rtsp://c/live/trackID=0'],
    ['rtsp://c/cam/realmonitor?channel=1&subtype=0/', 'trackID=0', 'rtsp://c/cam/realmonitor?channel=1&subtype=0/trackID=0'],
    ['rtsp://c/live/', '*', 'rtsp://c/live/'],
    ['rtsp://c/live/', null, 'rtsp://c/live/'],
    ['rtsp://c/live/', 'rtsp://10.0.0.7/live/trackID=1', 'rtsp://10.0.0.7/live/trackID=1'],
    ['rtsp://c/live/', 'rtsp://admin:pw@10.0.0.7/t', 'rtsp://10.0.0.7/t'],
    ['rtsp://c/live/', 'a b', 'rtsp://c/live/'],
  ])('puts %s and %s together', (base, control, expected) => expect(controlUrl(base, control)).toBe(expected));

  it('takes any text without harm, and never a line break into a request', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...video, 'a=control:x'), fc.uint8Array().map((b) => Buffer.from(b).toString('latin1'))), { maxLength: 40 }), (lines) => {
        const found = parseSdp(lines.join('\n'), 'rtsp://c/');
        for (const url of [found.aggregate, found.video?.control ?? '']) expect(url).toMatch(/^[\u0021-\u007e]*$/);
      }),
    );
  });
});
