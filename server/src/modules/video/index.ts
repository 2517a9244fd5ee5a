/** The door of the video module: cameras, wall, footage, snapshots. */
export { createVideo } from './create-video.ts';
export { defaultParameters } from './camera.ts';
export { changedChannel } from './context.ts';
export { refuse as videoRefusals } from './errors.ts';
export { events as videoEvents } from './events.ts';
export * as footageCheck from './footage-check.ts';
export { videoControls } from './controls.ts';
export { videoJudges } from './judges.ts';
export { registerJudges } from './register/judges.ts';
export { createVideoMeasures } from './measures.ts';
export { isVideoRequest } from './live-relay.ts';
export { byRole, type MayPlay, type PlayQuestion, type PlayRight } from './playback-right.ts';
export { footageKnown, playbacksUnder } from './footage-known.ts';
export { footageOverview } from './footage-overview.ts';
export { gapsBetween, segmentsBetween } from './footage-store.ts';
export { footageFiles } from './footage-files.ts';
export { questions as videoQuestions } from './questions.ts';
export type { Segment } from './footage-store.ts';
export type { Holds } from './retention.ts';
/** Which addresses of the device network may be connected to: one answer for cameras and for other devices. */
export { isLocalHost } from './camera.ts';
export { guardedLookup } from './onvif/guarded-agent.ts';
export { createRecorderClient } from './recorder-client.ts';
export { verbs as videoVerbs } from './verbs.ts';
