/** The door of the camera test. */
export { probe, type ProbeDeps, probeLimitMs } from './probe.ts';
