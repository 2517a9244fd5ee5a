/** The newest signed checkpoint: how much is vouched for, since when, by which key. */
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { head } from '../../../../../contract/ledger.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { Facts, Panel } from '../../../ui/page.tsx';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import { groupedHash } from '../../../ui/time-format.ts';
import { ledgerVerbs } from '../verbs.ts';
import { momentWithYear } from './fact-words.ts';

export const HeadPanel = () => {
  const { t } = useTranslation('ledger');
  const { site } = useSession();
  const navigate = useNavigate();
  const canAnchor = useCan(ledgerVerbs.anchor);
  const newest = useEndpoint(head, {}, { refetchMs: 60_000 });
  const anchor = (
    <ActButton can={canAnchor} onClick={() => void navigate({ to: '/ledger/anchor' })}>
      {t('printAnchor')}
    </ActButton>
  );
  return (
    <Panel title={t('head')} acts={anchor}>
      {newest.data === undefined && (newest.error === null ? <Loading /> : <RefusalBanner error={newest.error} />)}
      {newest.data !== undefined && (
        <>
          <Facts
            rows={[
              [t('size'), newest.data.size.toLocaleString('en').replaceAll(',', '\u2009')],
              [t('signedAt'), newest.data.signedAt === null ? t('notSigned') : momentWithYear(newest.data.signedAt, site.timeZone)],
              [t('fingerprint'), <code key="key">{groupedHash(newest.data.keyFingerprint)}</code>],
              [t('root'), <code key="root">{groupedHash(newest.data.rootHash)}</code>],
            ]}
          />
          <details className="more">
            <summary>{t('checkpoint')}</summary>
            <pre className="checkpoint">{newest.data.checkpoint}</pre>
            <p className="dim">{t('verify')}</p>
          </details>
        </>
      )}
    </Panel>
  );
};
