/** The request for a stop: what, when, until when, why. What was typed stays when it is refused. */
import { Checkbox, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { askStop, listStops, type StopScope } from '../../../../../contract/stops.ts';
import { listCameras } from '../../../../../contract/video.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { dayStart } from '../../../ui/day-span.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { clockText, isoDateText } from '../../../ui/time-format.ts';

interface Values {
  scope: StopScope;
  cameraIds?: string[];
  from: string;
  until: string;
  urgent?: boolean;
  reason: string;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;
const fieldText = (at: number, timeZone: string): string => `${isoDateText(at, timeZone)}T${clockText(at, timeZone).slice(0, 5)}`;
const instantOf = (text: string, timeZone: string): number => (dayStart(text.slice(0, 10), timeZone) ?? 0) + (Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16))) * minuteMs;

export const AskStop = ({ leadHours, close }: { leadHours: number; close: () => void }) => {
  const { t } = useTranslation('completeness');
  const { timeZone } = useSession().site;
  const [form] = Form.useForm<Values>();
  const scope = Form.useWatch((values: Partial<Values>) => values.scope ?? 'camera', form);
  const cameras = useEndpoint(listCameras, {}).data?.cameras ?? [];
  const ask = useAct(askStop, [listStops.path, '/api/approvals']);
  const first = useServerNow(hourMs) + (leadHours + 1) * hourMs;
  const required = [{ required: true }];
  const submit = ({ cameraIds = [], from, until, urgent = false, reason, scope: what }: Values): void =>
    ask.mutate({ body: { scope: what, cameraIds: what === 'camera' ? cameraIds : [], from: instantOf(from, timeZone), until: instantOf(until, timeZone), urgent, reason } }, { onSuccess: close });
  return (
    <Modal open title={t('stop.ask')} footer={null} onCancel={close} mask={{ closable: false }}>
      <FormShell form={form} initial={{ scope: 'camera', from: fieldText(first, timeZone), until: fieldText(first + hourMs, timeZone) }} error={ask.error} busy={ask.isPending} submit={submit} submitText={t('stop.submit')}>
        <Form.Item name="scope" label={t('stop.scope')} rules={required}>
          <Select options={(['camera', 'recorder', 'room'] as const).map((value) => ({ value, label: t(`stop.scopes.${value}`) }))} />
        </Form.Item>
        {scope === 'camera' && (
          <Form.Item name="cameraIds" label={t('stop.cameras')} rules={required}>
            <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={cameras.map(({ cameraId, number, name }) => ({ value: cameraId, label: `${String(number).padStart(2, '0')} ${name}` }))} />
          </Form.Item>
        )}
        <Form.Item name="from" label={t('stop.from')} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="until" label={t('stop.until')} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="urgent" valuePropName="checked">
          <Checkbox>{t('stop.urgent')}</Checkbox>
        </Form.Item>
        <Form.Item name="reason" label={t('stop.reason')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};
