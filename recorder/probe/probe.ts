/**
 * Test of a camera address: one connection as the recorder makes it, up to the first key frame. Every way in which it can fail has a
 * name of its own, because a person with a wrong password and a person with a wrong cable need different sentences.
 */
import type { ProbeRequest, ProbeResult } from '../../contract/recorder.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import { mebibyte, secondMs } from '../../server/src/base/units.ts';
import type { Lookup } from '../ingest/address.ts';
import { BufferPool } from '../ingest/buffer-pool.ts';
import type { EndCause } from '../ingest/cause.ts';
import type { AccessUnit, ParameterSets } from '../ingest/interface.ts';
import { VideoReceiver } from '../ingest/receiver.ts';
import { RtspClient } from '../ingest/rtsp-client.ts';

export const probeLimitMs = 10 * secondMs;
const checkEveryMs = 100;

export interface ProbeDeps {
  clock: Clock;
  /** How names are resolved; the system's way when absent. */
  lookup?: Lookup;
}

type Answer = Omit<ProbeResult, 'tookMs'>;

const found = (sets: ParameterSets, unit: AccessUnit): Answer => ({
  outcome: 'ok',
  detail: `${sets.codec} ${sets.width}×${sets.height}`,
  video: {
    codec: sets.codec,
    width: sets.width,
    height: sets.height,
    framesPerSecond: sets.framesPerSecond,
    decoderConfig: sets.decoderConfig.toString('base64'),
    keyFrame: unit.buffer.toString('base64', unit.offset, unit.offset + unit.size),
  },
});

const refused = (cause: Pick<EndCause, 'outcome' | 'detail'>): Answer => ({ outcome: cause.outcome, detail: cause.detail, video: null });

/** Connects, and calls back once with what was found; answers how to look at the time-outs and how to stop. */
const attempt = (request: ProbeRequest, deps: ProbeDeps, done: (answer: Answer) => void): { client: RtspClient; receiver: VideoReceiver } => {
  let sets: ParameterSets | null = null;
  const receiver = new VideoReceiver(new BufferPool({ idleLimitBytes: mebibyte }), {
    onParameterSets: (announced) => {
      sets = announced;
    },
    onAccessUnit: (unit) => {
      if (sets !== null && unit.key) done(found(sets, unit));
    },
    onSenderReport: () => undefined,
    onPacketsLost: () => undefined,
    onBroken: (reason, detail) => client.fail({ reason, outcome: 'silent', detail }),
  });
  const client = new RtspClient(
    request,
    deps.clock,
    {
      onTrack: (track) => receiver.takeTrack(track),
      onPlaying: () => undefined,
      onMedia: (bytes, start, end, time) => receiver.media(bytes, start, end, time),
      onControl: () => undefined,
      onEnd: (cause) => done(refused(cause)),
    },
    deps.lookup,
  );
  return { client, receiver };
};

export const probe = (request: ProbeRequest, deps: ProbeDeps): Promise<ProbeResult> =>
  new Promise((resolve) => {
    const startedAt = deps.clock.monotonic();
    const took = (): number => deps.clock.monotonic() - startedAt;
    let isDone = false;
    const finish = (answer: Answer): void => {
      if (isDone) return;
      isDone = true;
      timer.cancel();
      client.close();
      receiver.discard();
      resolve({ ...answer, tookMs: Math.round(took()) });
    };
    const { client, receiver } = attempt(request, deps, finish);
    const timer = deps.clock.every(checkEveryMs, () => {
      client.check();
      if (took() < probeLimitMs) return;
      if (client.step === 'playing') finish({ outcome: 'silent', detail: `no key frame in ${probeLimitMs} ms`, video: null });
      else finish({ outcome: 'unreachable', detail: `${client.step}: no answer in ${probeLimitMs} ms`, video: null });
    });
    client.start();
  });
