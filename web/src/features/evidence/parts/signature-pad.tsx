/** A box in which the receiver signs with finger, pen or mouse; gives a PNG. Who cannot sign here signs the printed note. */
import { useEffect, useRef } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

const size = { width: 480, height: 160 };
const lineWidth = 2.5;

/** `signed`: base64 of the PNG, empty while nothing is drawn. */
export const SignaturePad = ({ signed, title, hint }: { signed: (png: string) => void; /** Whose; left out: the receiver of a copy. */ title?: string; hint?: string }) => {
  const { t } = useTranslation('evidence');
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  /** A tap is no signature. */
  const moved = useRef(false);
  const context = (): CanvasRenderingContext2D | null => canvas.current?.getContext('2d') ?? null;
  const clear = (): void => {
    const pen = context();
    if (pen === null) return;
    // Paper is white whatever the screen's theme: the picture is kept.
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, size.width, size.height);
    moved.current = false;
    signed('');
  };
  // oxlint-disable-next-line react/exhaustive-deps -- once, when the box stands
  useEffect(clear, []);
  const at = (event: React.PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * size.width, ((event.clientY - box.top) / box.height) * size.height];
  };
  const end = (): void => {
    if (!drawing.current) return;
    drawing.current = false;
    if (!moved.current) return;
    signed((canvas.current?.toDataURL('image/png') ?? '').replace('data:image/png;base64,', ''));
  };
  return (
    <div className="signature">
      <span>{title ?? t('copies.form.signature')}</span>
      <canvas
        ref={canvas}
        width={size.width}
        height={size.height}
        role="img"
        aria-label={title ?? t('copies.form.signature')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.current = true;
          const pen = context();
          if (pen === null) return;
          Object.assign(pen, { lineWidth, lineCap: 'round', lineJoin: 'round', strokeStyle: '#000' });
          pen.beginPath();
          pen.moveTo(...at(event));
        }}
        onPointerMove={(event) => {
          const pen = drawing.current ? context() : null;
          if (pen === null) return;
          moved.current = true;
          pen.lineTo(...at(event));
          pen.stroke();
        }}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <p className="dim">{hint ?? t('copies.form.signHere')}</p>
      <Button onClick={clear}>{t('copies.form.clear')}</Button>
    </div>
  );
};
