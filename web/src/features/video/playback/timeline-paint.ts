/** Draws the timeline onto a canvas. It only follows the geometry; all it knows of meaning is colour and hatch. */
import type { GapClass } from './gap-class.ts';
import { gapClass } from './gap-class.ts';
import type { GapSpan, Span } from './footage-map.ts';
import { barOf, ticks, xOf } from './timeline-geometry.ts';

export interface TimelineColours {
  ground: string;
  lane: string;
  recorded: string;
  line: string;
  text: string;
  dim: string;
  camera: string;
  recorder: string;
  act: string;
  accent: string;
}
export interface TimelineScene {
  view: Span;
  zone: string;
  recorded: readonly Span[];
  growing: readonly Span[];
  gaps: readonly GapSpan[];
  unexplained: readonly Span[];
  now: number | null;
  playhead: number | null;
  /** Instant under the pointer. */
  hover: number | null;
  colours: TimelineColours;
}
export const timelineHeightPx = 96;
const lane = { top: 34, height: 40 };

export const readColours = (of: Element): TimelineColours => {
  const style = getComputedStyle(of);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: value('--pane'), lane: value('--ground'), recorded: value('--edge'), line: value('--line'), text: value('--text'), dim: value('--dim'),
    camera: value('--high'), recorder: value('--critical'), act: value('--medium'), accent: value('--accent'),
  };
};

type Context = CanvasRenderingContext2D;
/** Slant by class, so that the three are told apart without colour: / for the camera, \ for the recorder, — for an act. */
const slants: Record<GapClass, 1 | -1 | 0> = { camera: 1, recorder: -1, act: 0 };

const hatch = (context: Context, left: number, width: number, colour: string, slant: 1 | -1 | 0): void => {
  context.save();
  context.beginPath();
  context.rect(left, lane.top, width, lane.height);
  context.clip();
  context.globalAlpha = 0.22;
  context.fillStyle = colour;
  context.fillRect(left, lane.top, width, lane.height);
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  if (slant === 0) for (let y = lane.top + 4; y < lane.top + lane.height; y += 8) line(context, left, y, left + width, y);
  // Lines start on a grid of the whole canvas, so that they stand still while the timeline is dragged past.
  else for (let x = Math.floor((left - lane.height) / 10) * 10; x < left + width; x += 10) line(context, x, slant === 1 ? lane.top + lane.height : lane.top, x + lane.height, slant === 1 ? lane.top : lane.top + lane.height);
  context.stroke();
  context.restore();
};
const line = (context: Context, x1: number, y1: number, x2: number, y2: number): void => {
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
};

const drawTicks = (context: Context, scene: TimelineScene, width: number): void => {
  const { colours } = scene;
  context.font = `16px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = 'middle';
  for (const tick of ticks(scene.view, width, scene.zone)) {
    const x = Math.round(xOf(scene.view, width, tick.at)) + 0.5;
    context.strokeStyle = tick.midnight ? colours.dim : colours.line;
    context.lineWidth = tick.midnight ? 2 : 1;
    context.beginPath();
    line(context, x, 22, x, timelineHeightPx - 14);
    context.stroke();
    context.fillStyle = tick.midnight ? colours.text : colours.dim;
    const half = context.measureText(tick.label).width / 2;
    context.fillText(tick.label, Math.min(width - 2 * half, Math.max(0, x - half)), 11);
  }
};
const drawBars = (context: Context, scene: TimelineScene, width: number): void => {
  const { view, colours } = scene;
  context.fillStyle = colours.lane;
  context.fillRect(0, lane.top, width, lane.height);
  context.fillStyle = colours.recorded;
  for (const span of scene.recorded) {
    const bar = barOf(view, width, span, 1);
    if (bar !== null) context.fillRect(bar.left, lane.top, bar.width, lane.height);
  }
  for (const span of scene.growing) {
    const bar = barOf(view, width, span, 2);
    if (bar === null) continue;
    context.globalAlpha = 0.6;
    context.fillRect(bar.left, lane.top, bar.width, lane.height);
    context.globalAlpha = 1;
    // An open end: the file is still being written.
    context.fillStyle = colours.text;
    context.fillRect(bar.left + bar.width - 2, lane.top, 2, lane.height);
    context.fillStyle = colours.recorded;
  }
  for (const gap of scene.gaps) {
    const bar = barOf(view, width, gap, 3);
    if (bar === null) continue;
    const kind = gapClass(gap.reason);
    context.clearRect(bar.left, lane.top, bar.width, lane.height);
    context.fillStyle = colours.lane;
    context.fillRect(bar.left, lane.top, bar.width, lane.height);
    hatch(context, bar.left, bar.width, colours[kind], slants[kind]);
    // A foot in full colour: a gap two pixels wide is still found by the eye.
    context.fillStyle = colours[kind];
    context.fillRect(bar.left, lane.top + lane.height, bar.width, 5);
  }
  context.fillStyle = colours.recorder;
  for (const span of scene.unexplained) {
    const bar = barOf(view, width, span, 3);
    if (bar !== null) context.fillRect(bar.left, lane.top, bar.width, lane.height + 5);
  }
};
const drawHeads = (context: Context, scene: TimelineScene, width: number): void => {
  const { view, colours } = scene;
  if (scene.now !== null && scene.now >= view.from && scene.now <= view.until) {
    const x = Math.round(xOf(view, width, scene.now)) + 0.5;
    context.strokeStyle = colours.text;
    context.lineWidth = 1;
    context.setLineDash([4, 4]);
    context.beginPath();
    line(context, x, 22, x, timelineHeightPx - 6);
    context.stroke();
    context.setLineDash([]);
  }
  if (scene.hover !== null) {
    const x = Math.round(xOf(view, width, scene.hover)) + 0.5;
    context.fillStyle = colours.dim;
    context.fillRect(x, 22, 1, timelineHeightPx - 28);
  }
  if (scene.playhead === null || scene.playhead < view.from || scene.playhead > view.until) return;
  const x = Math.round(xOf(view, width, scene.playhead));
  context.fillStyle = colours.text;
  context.strokeStyle = colours.ground;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 8, 20);
  context.lineTo(x + 8, 20);
  context.lineTo(x + 1.5, 33);
  context.lineTo(x + 1.5, timelineHeightPx - 8);
  context.lineTo(x - 1.5, timelineHeightPx - 8);
  context.lineTo(x - 1.5, 33);
  context.closePath();
  context.stroke();
  context.fill();
};

export const paintTimeline = (canvas: HTMLCanvasElement, scene: TimelineScene): void => {
  const width = canvas.clientWidth;
  const ratio = devicePixelRatio;
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(timelineHeightPx * ratio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
  }
  const context = canvas.getContext('2d');
  if (context === null || width === 0) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = scene.colours.ground;
  context.fillRect(0, 0, width, timelineHeightPx);
  drawBars(context, scene, width);
  drawTicks(context, scene, width);
  drawHeads(context, scene, width);
};
