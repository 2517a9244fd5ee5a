/** Add a camera by its address: test it, name it, and it is recorded. */
import { Form } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listRegister } from '../../../../../contract/cameras.ts';
import { addCamera, listCameras } from '../../../../../contract/video.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Notice } from '../../../ui/states.tsx';
import { isEncrypted, orNull } from '../address.ts';
import '../cameras.css';
import { CameraFields } from '../parts/camera-fields.tsx';
import type { CameraValues } from '../parts/camera-fields.tsx';
import { fieldsOf, RegisterFields } from '../parts/register-fields.tsx';
import type { RegisterValues } from '../parts/register-fields.tsx';

const AddPage = () => {
  const { t } = useTranslation('cameras');
  const [form] = Form.useForm<CameraValues & RegisterValues>();
  const register = useEndpoint(listRegister, {});
  const navigate = useNavigate();
  const first = useSearchText('first') !== '';
  const add = useAct(addCamera, [listCameras.path]);
  const submit = (values: CameraValues & RegisterValues): void =>
    add.mutate(
      {
        body: {
          name: values.name,
          ...(values.number == null ? {} : { number: values.number }),
          url: values.url.trim(),
          username: orNull(values.username),
          password: orNull(values.password),
          ...(values.transport === undefined ? {} : { transport: values.transport }),
          ...(isEncrypted(values.url) ? { tlsFingerprint: orNull(values.tlsFingerprint?.trim()) } : {}),
          fields: fieldsOf(values),
        },
      },
      { onSuccess: () => void navigate({ to: first ? '/' : '/cameras' }) },
    );
  return (
    <Page title={t('add')} narrow>
      {first && <Notice>{t('first')}</Notice>}
      <Panel>
        <FormShell form={form} initial={{}} error={add.error} busy={add.isPending} submit={submit} submitText={t('form.add')} extra={first ? <Link to="/">{t('later')}</Link> : <Link to="/cameras">{t('back')}</Link>}>
          <CameraFields form={form} stored={null} floorDays={null} />
          {register.data !== undefined && <RegisterFields choices={register.data.choices} form={form} brief />}
        </FormShell>
      </Panel>
    </Page>
  );
};

export default AddPage;
