/** Test button and its answer: what is wrong in plain words, or the picture. */
import { Button } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { testCamera } from '../../../../../contract/video.ts';
import { call } from '../../../app/client.ts';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { shownFingerprint } from '../address.ts';
import { TestPicture } from './test-picture.tsx';

type Address = z.input<(typeof testCamera)['body']>;
type Result = z.output<(typeof testCamera)['response']>;
interface Tested {
  of: string;
  result: Result;
}
/** A quick answer needs no clock. */
const worthSayingMs = 1_000;

/** `address` gives what is typed now, or null when it is not fit to be tried (the form then shows why). */
export const AddressTest = ({ address, typed, hint, onFingerprint }: {
  address: () => Promise<Address | null>;
  /** Changes with what is typed: the answer to another address is not shown. */
  typed: string;
  hint: string;
  /** The person compared it with the camera's and takes it. */
  onFingerprint: (fingerprint: string) => void;
}) => {
  const { t } = useTranslation('cameras');
  const test = useMutation<Tested | null>({
    mutationFn: async () => {
      const body = await address();
      return body === null ? null : { of: typed, result: await call(testCamera, { body }) };
    },
  });
  const tested = test.data?.of === typed ? test.data.result : null;
  return (
    <div className="address-test">
      <div className="form-acts">
        <Button onClick={() => test.mutate()} loading={test.isPending}>
          {t('test.act')}
        </Button>
        <span className="dim" role="status">
          {test.isPending ? t('test.running') : tested === null ? hint : ''}
        </span>
      </div>
      {test.error !== null && <RefusalBanner error={test.error} />}
      {!test.isPending && tested !== null && <TestResult result={tested} onFingerprint={onFingerprint} />}
    </div>
  );
};

const TestResult = ({ result, onFingerprint }: { result: Result; onFingerprint: (fingerprint: string) => void }) => {
  const { t } = useTranslation('cameras');
  const { t: tApp } = useTranslation('app');
  const say = useSay();
  const ok = result.outcome === 'ok';
  const title = tApp(`probe.${result.outcome}`);
  // Some sentences begin with the very words of the title.
  const sentence = say(result);
  const fingerprint = result.outcome === 'certificate_unknown' || result.outcome === 'certificate_differs' ? shownFingerprint(result.detail) : null;
  const repeats = !ok && sentence.startsWith(title);
  return (
    <div className={ok ? 'banner' : 'banner banner-high'} role="status">
      {!ok && <PriorityMark priority="high" />}
      <div className="test-result">
        <p>
          <strong>{repeats ? sentence : title}</strong> {result.tookMs >= worthSayingMs && <span className="dim">{t('test.took', { seconds: (result.tookMs / 1_000).toFixed(1) })}</span>}
        </p>
        {!ok && !repeats && <p>{sentence}</p>}
        {fingerprint !== null && (
          <>
            <p>
              {t('test.fingerprint')} <code className="break-all">{fingerprint}</code>
            </p>
            {result.outcome === 'certificate_unknown' && <Button onClick={() => onFingerprint(fingerprint)}>{t('test.takeFingerprint')}</Button>}
          </>
        )}
        {result.video !== null && (
          <>
            <p className="tabular">
              {result.video.width}×{result.video.height} · {result.video.codec}
              {result.video.framesPerSecond !== null && ` · ${Math.round(result.video.framesPerSecond)} fps`}
            </p>
            <TestPicture video={result.video} />
          </>
        )}
        {!ok && result.detail !== '' && (
          <details>
            <summary>{t('test.detail')}</summary>
            <code className="break-all">{result.detail}</code>
          </details>
        )}
      </div>
    </div>
  );
};
