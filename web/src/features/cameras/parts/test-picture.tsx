/** The one key frame that a test brought back, decoded in the browser and drawn. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface TestVideo {
  codec: string;
  width: number;
  height: number;
  decoderConfig: string;
  keyFrame: string;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Draws and resolves, or rejects when this browser cannot. */
const draw = async (video: TestVideo, canvas: HTMLCanvasElement): Promise<void> => {
  const frame = await new Promise<VideoFrame>((resolve, reject) => {
    const decoder = new VideoDecoder({ output: resolve, error: reject });
    decoder.configure({ codec: video.codec, description: bytesOf(video.decoderConfig), codedWidth: video.width, codedHeight: video.height });
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data: bytesOf(video.keyFrame) }));
    decoder.flush().then(
      () => {
        if (decoder.state !== 'closed') decoder.close();
        reject(new Error('no picture came out of the decoder')); // without effect when one did
      },
      (error: unknown) => reject(error instanceof Error ? error : new Error('decoder')),
    );
  });
  canvas.width = frame.displayWidth;
  canvas.height = frame.displayHeight;
  canvas.getContext('2d')?.drawImage(frame, 0, 0);
  frame.close();
};

export const TestPicture = ({ video }: { video: TestVideo }) => {
  const { t } = useTranslation('cameras');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  // WebCodecs exists in secure contexts only.
  const possible = 'VideoDecoder' in globalThis;
  useEffect(() => {
    if (!possible || canvas.current === null) return;
    let stale = false;
    draw(video, canvas.current).then(
      () => {
        if (!stale) setFailed(false);
      },
      () => {
        if (!stale) setFailed(true);
      },
    );
    return () => {
      stale = true;
    };
  }, [video, possible]);
  if (!possible) return <p className="dim">{t('test.noDecoder')}</p>;
  return (
    <>
      <canvas ref={canvas} className="test-picture" role="img" aria-label={t('test.picture')} hidden={failed} />
      {failed && <p className="fault">{t('test.broken')}</p>}
    </>
  );
};
