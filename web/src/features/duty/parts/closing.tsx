/** What is missing before the shift can be closed, by name; what goes over to the next one; the signing. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { closeShift } from '../../../../../contract/duty.ts';
import { call } from '../../../app/client.ts';
import type { Wording } from '../../../app/feature.ts';
import { invalidatePaths } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice } from '../../../ui/states.tsx';
import { groupedHash } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';
import { RemarkDialog } from './remark-dialog.tsx';

export const Closing = ({ missing, carried }: { missing: readonly Wording[]; carried: readonly Wording[] }) => {
  const { t } = useTranslation('duty');
  const say = useSay();
  const client = useQueryClient();
  const can = useCan(dutyVerbs.close);
  const [asking, setAsking] = useState(false);
  const [digest, setDigest] = useState<string | null>(null);
  return (
    <section aria-labelledby="duty-close">
      <h2 id="duty-close">{t('close.title')}</h2>
      {digest !== null && <Notice>{t('close.done', { digest: groupedHash(digest).slice(0, 19) })}</Notice>}
      {missing.length === 0 ? (
        <p>{t('close.ready')}</p>
      ) : (
        <>
          <p>{t('close.missing', { count: missing.length })}</p>
          <ul className="missing">
            {missing.map((one) => (
              <li key={one.zh}>{say(one)}</li>
            ))}
          </ul>
        </>
      )}
      {carried.length > 0 && (
        <>
          <h3>{t('close.carried')}</h3>
          <p className="dim">{t('close.carriedText')}</p>
          <ul className="carried">
            {carried.map((one) => (
              <li key={one.zh}>{say(one)}</li>
            ))}
          </ul>
        </>
      )}
      <ActButton can={can === true && missing.length > 0 ? { zh: missing.map(({ zh }) => zh).join('；'), en: missing.map(({ en }) => en).join('; ') } : can} type="primary" onClick={() => setAsking(true)}>
        {t('close.sign')}
      </ActButton>
      {asking && (
        <RemarkDialog
          title={t('close.sign')}
          text={t('close.confirm')}
          label={t('close.remark')}
          actText={t('close.sign')}
          close={() => setAsking(false)}
          act={async (remark) => {
            setDigest((await call(closeShift, { body: { remark } })).digest);
            await invalidatePaths(client, ['/api/duty']);
          }}
        />
      )}
    </section>
  );
};
