/** Cameras of the network by ONVIF: searched or typed, tested in plain words, added. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { discoverCameras } from '../../../../../contract/cameras.ts';
import type { FoundDevice } from '../../../../../contract/cameras.ts';
import { useAct } from '../../../app/queries.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import '../cameras.css';
import { CamerasNav } from '../parts/cameras-nav.tsx';
import { OnvifForm } from '../parts/onvif-form.tsx';

const SearchPage = () => {
  const { t } = useTranslation('cameras');
  const search = useAct(discoverCameras);
  const [chosen, setChosen] = useState<FoundDevice | null>(null);
  const found = search.data?.devices;
  return (
    <Page title={t('register.search.title')} about={t('register.search.about')}>
      <CamerasNav />
      <Panel {...(found === undefined ? {} : { title: t('register.search.found', { count: found.length }) })} acts={<Button type="primary" loading={search.isPending} onClick={() => search.mutate({})}>{t('register.search.act')}</Button>}>
        {search.isPending && <p role="status">{t('register.search.running')}</p>}
        {search.error !== null && <RefusalBanner error={search.error} />}
        {found !== undefined && (
          <DataTable
            caption={t('register.search.caption')}
            rows={found}
            rowKey={({ serviceUrl }) => serviceUrl}
            error={null}
            empty={<Empty what={t('register.search.none')} />}
            columns={[
              { key: 'name', title: t('register.search.name'), render: ({ name, hardware }) => `${name} ${hardware}`.trim() || '—', order: ({ name }) => name },
              { key: 'host', title: t('register.search.host'), render: ({ host }) => <code>{host}</code>, order: ({ host }) => host },
              { key: 'profiles', title: t('register.search.profiles'), render: ({ profiles }) => profiles.join(' · ') || '—' },
              { key: 'acts', title: t('acts'), render: (device) => (device.known === null ? <Button onClick={() => setChosen(device)}>{t('register.search.use')}</Button> : <span className="dim">{t('register.search.known', { camera: device.known })}</span>) },
            ]}
          />
        )}
      </Panel>
      <Panel title={t('register.search.manual')}>
        <OnvifForm key={chosen?.serviceUrl ?? ''} serviceUrl={chosen?.serviceUrl ?? ''} name={chosen?.name ?? ''} />
      </Panel>
    </Page>
  );
};

export default SearchPage;
