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
import { TestPicture } from './test-picture.tsx';

type Address = z.input<(typeof testCamera)['body']>;
type Result = z.output<(typeof testCamera)['response']>;

/** `address` gives what is typed now, or null when it is not fit to be tried (the form then shows why). */
export const AddressTest = ({ address, hint }: { address: () => Promise<Address | null>; hint: string }) => {
  const { t } = useTranslation('cameras');
  const test = useMutation<Result | null>({
    mutationFn: async () => {
      const body = await address();
      return body === null ? null : call(testCamera, { body });
    },
  });
  return (
    <div className="address-test">
      <div className="form-acts">
        <Button onClick={() => test.mutate()} loading={test.isPending}>
          {t('test.act')}
        </Button>
        <span className="dim" role="status">
          {test.isPending ? t('test.running') : test.data == null ? hint : ''}
        </span>
      </div>
      {test.error !== null && <RefusalBanner error={test.error} />}
      {!test.isPending && test.data != null && <TestResult result={test.data} />}
    </div>
  );
};

const TestResult = ({ result }: { result: Result }) => {
  const { t } = useTranslation('cameras');
  const { t: tApp } = useTranslation('app');
  const say = useSay();
  const ok = result.outcome === 'ok';
  return (
    <div className={ok ? 'banner' : 'banner banner-high'} role="status">
      {!ok && <PriorityMark priority="high" />}
      <div className="test-result">
        <p>
          <strong>{tApp(`probe.${result.outcome}`)}</strong> <span className="dim">{t('test.took', { seconds: (result.tookMs / 1_000).toFixed(1) })}</span>
        </p>
        {!ok && <p>{say(result)}</p>}
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
