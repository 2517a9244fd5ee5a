/** The storages of the room: folders, forecast, retention by camera, verification, deletions of late. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { storageScreen } from '../../../../../contract/storage.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { Page } from '../../../ui/page.tsx';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../storage.css';
import { FolderTable } from '../parts/folder-table.tsx';
import { ForecastPanel } from '../parts/forecast-panel.tsx';
import { CameraDays, DeletionTable } from '../parts/kept-tables.tsx';
import { VerifyPanel } from '../parts/verify-panel.tsx';

const refetchMs = 10_000;

const StoragePage = () => {
  const { t } = useTranslation('storage');
  const screen = useEndpoint(storageScreen, {}, { refetchMs });
  return (
    <Page title={t('title')} about={t('about')} acts={<Link to="/storage/report">{t('report')}</Link>}>
      {screen.error !== null && <RefusalBanner error={screen.error} retry={() => void screen.refetch()} />}
      {screen.data === undefined ? (
        screen.error === null && <Loading />
      ) : (
        <>
          <FolderTable storages={screen.data.storages} />
          <ForecastPanel forecast={screen.data.forecast} now={screen.dataUpdatedAt} />
          <CameraDays cameras={screen.data.cameras} />
          <VerifyPanel verification={screen.data.verification} />
          <DeletionTable deletions={screen.data.deletions} diskFull={screen.data.diskFull} />
        </>
      )}
    </Page>
  );
};

export default StoragePage;
