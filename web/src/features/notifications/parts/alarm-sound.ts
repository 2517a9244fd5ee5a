/**
 * Sound of alarms by WebAudio: each class has a figure of its own. A browser stays mute until somebody touches it; `state` says so, and
 * one window of a browser sounds for all (Web Locks), so that two windows are not twice as loud.
 */
import type { AlarmView } from '../../../../../contract/notifications.ts';

interface Beep {
  hertz: number;
  atMs: number;
  forMs: number;
}

interface Figure {
  beeps: readonly Beep[];
  everyMs: number;
}

const run = (hertz: readonly number[], forMs: number, pauseMs: number): Beep[] => hertz.map((one, index) => ({ hertz: one, atMs: index * (forMs + pauseMs), forMs }));

export const figures: Readonly<Record<AlarmView['class'], Figure>> = {
  fire: { beeps: run([980, 740, 980, 740, 980, 740], 180, 20), everyMs: 1_600 },
  panic: { beeps: run([1_200, 1_200, 1_200, 1_200], 90, 60), everyMs: 1_000 },
  intrusion: { beeps: run([880, 1_100, 880, 1_100], 130, 40), everyMs: 1_500 },
  system: { beeps: run([660, 520], 260, 80), everyMs: 3_000 },
  room: { beeps: run([700, 700], 160, 140), everyMs: 3_000 },
  duty: { beeps: run([600, 760], 160, 120), everyMs: 3_000 },
  device: { beeps: run([560], 240, 0), everyMs: 4_000 },
};
const testFigure: Figure = { beeps: run([523, 659, 784], 220, 40), everyMs: 0 };

const loudness = 0.25;
const edgeSeconds = 0.012;

export class AlarmSound {
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #class: AlarmView['class'] | null = null;
  #mine = !('locks' in navigator);
  #asked = false;
  readonly #listeners = new Set<() => void>();

  /** running: it can be heard, as far as a browser knows. */
  get state(): 'running' | 'off' {
    return this.#context?.state === 'running' ? 'running' : 'off';
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Must be called from a touch or a key; harmless again and again. */
  async wake(): Promise<void> {
    if (this.#context === null) {
      this.#context = new AudioContext();
      this.#context.addEventListener('statechange', () => this.#tell());
    }
    if (this.#context.state !== 'running') await this.#context.resume().catch(() => undefined);
    this.#tell();
  }

  async test(): Promise<boolean> {
    await this.wake();
    if (this.state !== 'running') return false;
    this.#play(testFigure);
    return true;
  }

  /** What is to be heard from now on; null: silence. */
  sound(of: AlarmView['class'] | null): void {
    if (of === this.#class) return;
    this.#class = of;
    this.#restart();
  }

  end(): void {
    this.sound(null);
    void this.#context?.close();
    this.#context = null;
  }

  #tell(): void {
    if (this.state === 'running') this.#claim();
    this.#restart();
    for (const listener of this.#listeners) listener();
  }

  /** Held until the window closes. */
  #claim(): void {
    if (this.#mine || this.#asked) return;
    this.#asked = true;
    void navigator.locks.request('vigil-alarm-sound', () => {
      this.#mine = true;
      this.#restart();
      return new Promise(() => undefined);
    });
  }

  #restart(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    if (this.#class === null || !this.#mine || this.state !== 'running') return;
    const figure = figures[this.#class];
    this.#play(figure);
    this.#timer = setInterval(() => this.#play(figure), figure.everyMs);
  }

  #play({ beeps }: Figure): void {
    const context = this.#context;
    if (context?.state !== 'running') return;
    for (const { hertz, atMs, forMs } of beeps) {
      const begin = context.currentTime + atMs / 1_000;
      const end = begin + forMs / 1_000;
      const tone = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(loudness, begin + edgeSeconds);
      volume.gain.setValueAtTime(loudness, end - edgeSeconds);
      volume.gain.linearRampToValueAtTime(0, end);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(end);
    }
  }
}
