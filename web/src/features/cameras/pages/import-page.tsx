/** Cameras from an Excel or CSV file: read, looked at line by line, then brought in; wrong lines stay. */
import { useState } from 'react';
import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { cameraTemplate, importCameras, listRegister, readCameraFile } from '../../../../../contract/cameras.ts';
import type { CameraImportRow } from '../../../../../contract/cameras.ts';
import { listCameras } from '../../../../../contract/video.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths } from '../../../app/queries.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../cameras.css';
import { CamerasNav } from '../parts/cameras-nav.tsx';
import { PictureChoice } from '../parts/picture-choice.tsx';

const ImportPage = () => {
  const { t } = useTranslation('cameras');
  const client = useQueryClient();
  const [rows, setRows] = useState<readonly CameraImportRow[] | null>(null);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const working = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const read = (base64: string, fileName: string): Promise<void> => working(async () => setRows((await call(readCameraFile, { body: { fileName, base64 } })).rows));
  const good = rows?.filter((row) => row.faults.length === 0) ?? [];
  const bring = (): Promise<void> =>
    working(async () => {
      const done = await call(importCameras, { body: { rows: good } });
      setAdded((before) => [...before, ...done.added.map(({ name }) => name)]);
      setRows([...(rows ?? []).filter((row) => row.faults.length > 0), ...done.refused].sort((a, b) => a.line - b.line));
      await invalidatePaths(client, [listCameras.path, listRegister.path]);
    });
  return (
    <Page title={t('register.import.title')} about={t('register.import.about')}>
      <CamerasNav />
      {error !== null && <RefusalBanner error={error} />}
      {added.length > 0 && <Notice>{t('register.import.added', { count: added.length, names: added.join(' · ') })}</Notice>}
      <Panel>
        <div className="form-acts">
          <a href={cameraTemplate.path} download>{t('register.import.template')}</a>
          <PictureChoice text={t('register.import.choose')} accept=".xlsx,.csv,.txt" disabled={busy} chosen={(base64, name) => void read(base64, name)} />
        </div>
      </Panel>
      {rows !== null && rows.length > 0 && <Preview rows={rows} good={good.length} busy={busy} bring={() => void bring()} />}
      {rows !== null && rows.length === 0 && <Notice>{t('register.import.allDone')}</Notice>}
    </Page>
  );
};

const Preview = ({ rows, good, busy, bring }: { rows: readonly CameraImportRow[]; good: number; busy: boolean; bring: () => void }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  return (
    <Panel title={t('register.import.preview', { good, wrong: rows.length - good })} acts={<Button type="primary" loading={busy} disabled={good === 0} onClick={bring}>{t('register.import.act', { count: good })}</Button>}>
      <DataTable
        caption={t('register.import.caption')}
        rows={rows}
        rowKey={({ line }) => String(line)}
        error={null}
        empty={null}
        columns={[
          { key: 'line', title: t('register.import.line'), render: ({ line }) => line, order: ({ line }) => line, numeric: true },
          { key: 'name', title: t('name'), render: ({ name, number }) => `${number} ${name}`.trim() || '—' },
          { key: 'url', title: t('register.import.address'), render: ({ url }) => <code className="break-all">{url || '—'}</code> },
          { key: 'purpose', title: t('register.purpose'), render: ({ purpose }) => purpose || '—' },
          { key: 'zone', title: t('register.zone'), render: ({ zone }) => zone || '—' },
          {
            key: 'faults', title: t('register.import.faults'), order: ({ faults }) => -faults.length,
            render: ({ faults }) => (faults.length === 0 ? t('register.import.fineRow') : <ul className="camera-findings fault">{faults.map((fault) => <li key={fault.zh}>{say(fault)}</li>)}</ul>),
          },
        ]}
      />
    </Panel>
  );
};

export default ImportPage;
