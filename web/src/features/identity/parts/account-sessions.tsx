/** Where one is signed in, and the report that one's own password is known to others. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { reportOwnDisclosure } from '../../../../../contract/identity-people.ts';
import { currentSession, endOwnSession, ownAccount } from '../../../../../contract/identity.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { Panel } from '../../../ui/page.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';

export const SessionsPanel = () => {
  const { t } = useTranslation('identity');
  const { site } = useSession();
  const account = useEndpoint(ownAccount, {});
  const end = useAct(endOwnSession, [ownAccount.path]);
  if (account.data === undefined) return null;
  return (
    <Panel title={t('sessions.title')}>
      <p className="dim">{t('sessions.about')}</p>
      <br />
      {end.error !== null && <RefusalBanner error={end.error} />}
      <ul className="plain-list">
        {account.data.sessions.map((session) => (
          <li key={session.sessionId}>
            <span>
              <strong>{session.own ? t('sessions.own') : t('sessions.other')}</strong>
              <span className="dim">{` ${session.source} · ${momentText(session.createdAt, site.timeZone)} · ${t(`sessions.proof.${session.proof}`)}${session.limited ? ` · ${t('sessions.limited')}` : ''}`}</span>
            </span>
            {!session.own && (
              <Button loading={end.isPending} onClick={() => end.mutate({ params: { sessionId: session.sessionId } })}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
};

export const DisclosurePanel = () => {
  const { t } = useTranslation('identity');
  const [asking, setAsking] = useState(false);
  const report = useAct(reportOwnDisclosure, [currentSession.path]);
  return (
    <Panel title={t('disclosure.title')}>
      <p className="dim">{t('disclosure.ownText')}</p>
      <br />
      <Button danger onClick={() => setAsking(true)}>
        {t('disclosure.act')}
      </Button>
      {asking && <ConfirmAct title={t('disclosure.title')} text={t('disclosure.ownText')} actText={t('disclosure.act')} withReason danger act={(text) => report.mutateAsync({ body: { text } })} close={() => setAsking(false)} />}
    </Panel>
  );
};
