/** Digital zoom of one picture: how much, and which part of it stands in the middle. Pure. */

export interface Zoom {
  /** 1: the whole picture. */
  scale: number;
  /** Middle of what is seen, part of the picture from its left and its top. */
  x: number;
  y: number;
}
export const noZoom: Zoom = { scale: 1, x: 0.5, y: 0.5 };
const most = 8;
const stepFactor = 1.25;
const panPart = 0.15;

const within = ({ scale, x, y }: Zoom): Zoom => {
  const held = Math.min(most, Math.max(1, scale));
  const half = 0.5 / held;
  const inside = (value: number) => Math.min(1 - half, Math.max(half, value));
  return { scale: held < 1.01 ? 1 : held, x: inside(x), y: inside(y) };
};

export const zoomBy = (zoom: Zoom, step: 1 | -1): Zoom => within({ ...zoom, scale: zoom.scale * (step === 1 ? stepFactor : 1 / stepFactor) });
export const panBy = ({ scale, x, y }: Zoom, dx: number, dy: number): Zoom => within({ scale, x: x + (dx * panPart) / scale, y: y + (dy * panPart) / scale });

/** What lies under the pointer stays under it. */
export const afterWheel = (zoom: Zoom, deltaY: number, box: { left: number; top: number; width: number; height: number }, pointer: { clientX: number; clientY: number }): Zoom => {
  const [px, py] = [(pointer.clientX - box.left) / box.width - 0.5, (pointer.clientY - box.top) / box.height - 0.5];
  const scale = Math.min(most, Math.max(1, zoom.scale * Math.exp(-Math.max(-1, Math.min(1, deltaY / 300)))));
  return within({ scale, x: zoom.x + px / zoom.scale - px / scale, y: zoom.y + py / zoom.scale - py / scale });
};

export const zoomStyle = ({ scale, x, y }: Zoom): { transform: string } | undefined => (scale === 1 ? undefined : { transform: `scale(${scale.toFixed(3)}) translate(${((0.5 - x) * 100).toFixed(2)}%, ${((0.5 - y) * 100).toFixed(2)}%)` });
