/** Backup at a glance: what is wrong, how far behind, what has no copy, what can be restored, runs and drills. */
import { useTranslation } from 'react-i18next';
import { backupScreen } from '../../../../../contract/backup.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { PlacePanel } from '../parts/place-panel.tsx';
import { DrillPanel, LostPanel, RunPanel, UnbackedPanel } from '../parts/tables.tsx';
import '../backup.css';

const refetchMs = 10_000;

const BackupPage = () => {
  const { t } = useTranslation('backup');
  const say = useSay();
  const { timeZone } = useSession().site;
  const shown = useEndpoint(backupScreen, {}, { refetchMs });
  const { data } = shown;
  return (
    <Page title={t('title')} about={t('about')}>
      {shown.error !== null && <RefusalBanner error={shown.error} retry={() => void shown.refetch()} />}
      {data === undefined ? (
        shown.error === null && <Loading />
      ) : (
        <>
          {(data.troubles.length > 0 || data.place !== null) && (
            <Panel title={t('troubles')}>
              {data.troubles.length === 0 && <Notice>{t('sound')}</Notice>}
              {data.troubles.map(({ what, since }) => (
                <Notice key={`${what.en} ${since}`} priority="high">
                  {t('trouble', { what: say(what), at: momentText(since, timeZone) })}
                </Notice>
              ))}
            </Panel>
          )}
          <PlacePanel screen={data} />
          {data.place !== null && <UnbackedPanel ranges={data.unbacked} />}
          <LostPanel lost={data.lost} />
          <DrillPanel drills={data.drills} due={data.drillDue} />
          <RunPanel runs={data.runs} due={data.runDue} />
        </>
      )}
    </Page>
  );
};

export default BackupPage;
