/** Connects to one device: tests it in plain words, shows its streams, then adds it. */
import { Button, Form, Input } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addOnvifCamera, listRegister, testOnvif } from '../../../../../contract/cameras.ts';
import type { OnvifReport } from '../../../../../contract/cameras.ts';
import { listCameras } from '../../../../../contract/video.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { orNull } from '../address.ts';
import { fieldsOf, RegisterFields } from './register-fields.tsx';
import type { RegisterValues } from './register-fields.tsx';

interface Values extends RegisterValues {
  serviceUrl: string;
  username?: string;
  password?: string;
  name: string;
}
const works: ReadonlySet<OnvifReport['outcome']> = new Set(['ok', 'digest_only']);

export const OnvifForm = ({ serviceUrl, name }: { serviceUrl: string; name: string }) => {
  const { t } = useTranslation('cameras');
  const [form] = Form.useForm<Values>();
  const navigate = useNavigate();
  const test = useAct(testOnvif);
  const add = useAct(addOnvifCamera, [listCameras.path, listRegister.path]);
  const choices = useEndpoint(listRegister, {}).data?.choices;
  const address = (values: Values) => ({ serviceUrl: values.serviceUrl.trim(), username: orNull(values.username), password: orNull(values.password) });
  const tryIt = (): void => {
    form.validateFields(['serviceUrl']).then(() => test.mutate({ body: address(form.getFieldsValue()) }), () => undefined);
  };
  const submit = (values: Values): void => add.mutate({ body: { ...address(values), name: values.name, fields: fieldsOf(values) } }, { onSuccess: () => void navigate({ to: '/cameras/register' }) });
  const good = test.data !== undefined && works.has(test.data.outcome);
  return (
    <FormShell form={form} initial={{ serviceUrl, name }} error={add.error} busy={add.isPending} submit={submit} submitText={t('register.search.add')} extra={good ? undefined : <span className="dim">{t('register.search.testFirst')}</span>}>
      <Form.Item name="serviceUrl" label={t('register.search.serviceUrl')} extra={t('register.search.serviceHint')} rules={[{ required: true, whitespace: true, message: t('register.search.needAddress') }]}>
        <Input maxLength={300} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="username" label={t('register.search.username')}><Input maxLength={128} autoComplete="off" spellCheck={false} /></Form.Item>
        <Form.Item name="password" label={t('register.search.password')}><Input.Password maxLength={256} autoComplete="new-password" /></Form.Item>
      </div>
      <div className="address-test">
        <div className="form-acts">
          <Button onClick={tryIt} loading={test.isPending}>{t('register.search.test')}</Button>
          <span className="dim" role="status">{test.isPending ? t('register.search.testing') : ''}</span>
        </div>
        {test.error !== null && <RefusalBanner error={test.error} />}
        {test.data !== undefined && <Report report={test.data} />}
      </div>
      <Form.Item name="name" label={t('register.search.name_')} extra={t('form.nameHint')} rules={[{ required: true, whitespace: true, message: t('form.needName') }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      {choices !== undefined && <RegisterFields choices={choices} form={form} />}
    </FormShell>
  );
};

const Report = ({ report }: { report: OnvifReport }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  const good = works.has(report.outcome);
  const { device, clockOffsetMs, streams } = report;
  return (
    <div className={good ? 'banner' : 'banner banner-high'} role="status">
      {!good && <PriorityMark priority="high" />}
      <div className="test-result">
        <p><strong>{say(report)}</strong></p>
        {device !== null && <p>{t('register.entry.model', device)}{report.ptz && ` · ${t('register.search.ptz')}`}{report.events && ` · ${t('register.search.events')}`}</p>}
        {clockOffsetMs !== null && Math.abs(clockOffsetMs) > 2_000 && <p><PriorityMark priority="medium" /> {t('register.search.clock', { seconds: Math.round(clockOffsetMs / 1_000) })}</p>}
        {streams.length > 0 && (
          <ul className="camera-findings">
            {streams.map((stream) => (
              <li key={stream.token}>
                <strong>{stream.token === report.main ? t('register.search.main') : stream.token === report.sub ? t('register.search.sub') : stream.name}</strong>{' '}
                <span className="tabular">{stream.width}×{stream.height} {stream.codec}{stream.framesPerSecond !== null && ` · ${stream.framesPerSecond} fps`}</span> <code className="break-all">{stream.url}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
};
