import { describe, expect, it } from 'vitest';
import { afterWheel, noZoom, panBy, zoomBy, zoomStyle } from './digital-zoom.ts';

describe('digital zoom', () => {
  it('goes from the whole picture to eight times and no further, and back', () => {
    let zoom = noZoom;
    for (let n = 0; n < 20; n += 1) zoom = zoomBy(zoom, 1);
    expect(zoom.scale).toBe(8);
    for (let n = 0; n < 20; n += 1) zoom = zoomBy(zoom, -1);
    expect(zoom).toEqual(noZoom);
    expect(zoomStyle(zoom)).toBeUndefined();
  });
  it('never shows what lies beside the picture', () => {
    let zoom = zoomBy(zoomBy(noZoom, 1), 1);
    for (let n = 0; n < 50; n += 1) zoom = panBy(zoom, -1, 1);
    expect(zoom.x).toBeCloseTo(0.5 / zoom.scale);
    expect(zoom.y).toBeCloseTo(1 - 0.5 / zoom.scale);
  });
  it('what lies under the pointer stays under it', () => {
    const box = { left: 0, top: 0, width: 1_000, height: 500 };
    const zoom = afterWheel(noZoom, -150, box, { clientX: 750, clientY: 250 });
    // The point at three quarters of the picture stays at three quarters of the box.
    expect(zoom.x + (0.75 - 0.5) / zoom.scale).toBeCloseTo(0.75);
    expect(zoom.y).toBeCloseTo(0.5);
    expect(zoomStyle(zoom)?.transform).toMatch(/^scale\(1\.\d+\) translate\(-/);
  });
});
