/** Change a camera. What was not touched is not sent: two people who change different things do not undo each other. */
import { Form } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeCamera, listCameras } from '../../../../../contract/video.ts';
import type { Camera } from '../../../../../contract/video.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { changesOf } from '../changes.ts';
import '../cameras.css';
import { CameraFields } from '../parts/camera-fields.tsx';
import type { CameraValues } from '../parts/camera-fields.tsx';

const ChangePage = () => {
  const { t } = useTranslation('cameras');
  const cameraId = useSearchText('camera');
  const cameras = useEndpoint(listCameras, {});
  const camera = cameras.data?.cameras.find((one) => one.cameraId === cameraId);
  return (
    <Page title={t('changeTitle')} narrow>
      {cameras.data === undefined && (cameras.error === null ? <Loading /> : <RefusalBanner error={cameras.error} />)}
      {cameras.data !== undefined && camera === undefined && <Empty what={t('gone')} act={<Link to="/cameras">{t('back')}</Link>} />}
      {camera !== undefined && (
        <Panel>
          <ChangeForm key={camera.cameraId} camera={camera} />
        </Panel>
      )}
    </Page>
  );
};

const ChangeForm = ({ camera }: { camera: Camera }) => {
  const { t } = useTranslation('cameras');
  const [form] = Form.useForm<CameraValues>();
  const navigate = useNavigate();
  const change = useAct(changeCamera, [listCameras.path]);
  const submit = (values: CameraValues): void =>
    change.mutate({ params: { cameraId: camera.cameraId }, body: changesOf(camera, values) }, { onSuccess: () => void navigate({ to: '/cameras' }) });
  const initial: CameraValues = { name: camera.name, number: camera.number, url: camera.url ?? '', username: camera.username ?? '', retentionDays: camera.retentionDays, transport: camera.transport, tlsFingerprint: camera.tlsFingerprint ?? '' };
  return (
    <FormShell form={form} initial={initial} error={change.error} busy={change.isPending} submit={submit} submitText={t('form.save')} extra={<Link to="/cameras">{t('back')}</Link>}>
      <CameraFields form={form} stored={camera} floorDays={camera.retentionFloorDays} />
    </FormShell>
  );
};

export default ChangePage;
