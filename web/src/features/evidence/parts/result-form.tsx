/** The operator writes back: found or not, the actual times, what was seen. A second time adds to the first. */
import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { requests, ViewOutcome, writeResult, type RequestView } from '../../../../../contract/evidence.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { zoneInstant, zoneText } from '../zone-time.ts';
import { useMoment } from './use-words.ts';

interface Values {
  outcome?: ViewOutcome;
  from: string;
  until: string;
  remark: string;
}
const minuteMs = 60_000;

export const ResultForm = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const { site } = useSession();
  const now = useServerNow(minuteMs);
  const moment = useMoment();
  const [form] = Form.useForm<Values>();
  const writing = useAct(writeResult, [requests.path, '/api/duty', '/api/obligations']);
  const begun = one.viewings[0]?.from ?? now;
  const ended = one.viewings.at(-1)?.until ?? now;
  const more = one.results.length > 0;
  const send = ({ outcome, from, until, remark }: Values): void => {
    // The fields show whole minutes; a viewing that began within the first minute keeps its own instants.
    const instant = (text: string, known: number): number => (text === zoneText(known, site.timeZone) ? known : (zoneInstant(text, site.timeZone) ?? 0));
    writing.mutate({ params: { requestId: one.requestId }, body: { outcome: outcome ?? null, from: instant(from, begun), until: instant(until, ended), remark } }, { onSuccess: () => form.resetFields() });
  };
  const fields = (
    <FormShell form={form} initial={{ from: zoneText(begun, site.timeZone), until: zoneText(ended, site.timeZone), remark: '' }} error={writing.error} busy={writing.isPending} submit={send} submitText={t(more ? 'result.add' : 'result.save')}>
      <Form.Item name="outcome" label={t('result.outcome')} rules={[{ required: true, message: t('need') }]}>
        <Radio.Group optionType="button" options={ViewOutcome.options.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="from" label={t('result.from')} extra={site.timeZone}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="until" label={t('result.until')}>
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <Form.Item name="remark" label={t('result.remark')} rules={[{ required: true, whitespace: true, message: t('need') }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormShell>
  );
  if (more) return <details className="footage-more"><summary>{t('result.add')}</summary>{fields}</details>;
  return (
    <section className="footage-result" aria-label={t('result.write')}>
      <h2>{t('result.write')}{one.writeBackBy !== null && <span className="dim tabular"> {t('result.by', { time: moment(one.writeBackBy) })}</span>}</h2>
      {fields}
    </section>
  );
};
