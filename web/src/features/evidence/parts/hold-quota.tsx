/** A larger quota for one requester, with a reason and an end. */
import { useState } from 'react';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { giveHoldQuota, listHolds } from '../../../../../contract/evidence-holds.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { dayEnd } from '../../../ui/day-span.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Panel } from '../../../ui/page.tsx';
import { Notice } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';

interface Values {
  personId: string;
  cameraHours: string;
  day: string;
  reason: string;
}

const dayMs = 86_400_000;
const usualDays = 7;
const mostDays = 30;

export const HoldQuota = ({ page }: { page: z.output<typeof listHolds.response> }) => {
  const { t } = useTranslation('holds');
  const { site } = useSession();
  const [form] = Form.useForm<Values>();
  const [done, setDone] = useState(false);
  const giving = useAct(giveHoldQuota, [listHolds.path]);
  const day = (days: number): string => isoDateText(page.now + days * dayMs, site.timeZone);
  const send = ({ personId, cameraHours, day: until, reason }: Values): void => {
    setDone(false);
    const given = { personId, cameraHours: Math.round(Number(cameraHours)), validUntil: dayEnd(until, site.timeZone) ?? 0, reason };
    giving.mutate({ body: given }, { onSuccess: () => { form.resetFields(); setDone(true); } });
  };
  return (
    <Panel>
      <details className="footage-more">
        <summary>{t('quota.title')}</summary>
        <p className="dim">{t('quota.about', { hours: page.quotaHours })}</p>
        {done && <Notice>{t('quota.done')}</Notice>}
        <FormShell form={form} initial={{ personId: '', cameraHours: String(page.quotaHours * 2), day: day(usualDays), reason: '' }} error={giving.error} busy={giving.isPending} submit={send} submitText={t('quota.send')}>
          <Form.Item name="personId" label={t('quota.person')} rules={[{ required: true, message: t('need') }]}>
            <select className="search">
              <option value="" disabled>—</option>
              {page.requesters.map(({ personId, name }) => <option key={personId} value={personId}>{name}</option>)}
            </select>
          </Form.Item>
          <Form.Item name="cameraHours" label={t('quota.hours')} rules={[{ required: true, message: t('need') }]}>
            <Input type="number" min={1} max={100_000} />
          </Form.Item>
          <Form.Item name="day" label={t('quota.until')} rules={[{ required: true, message: t('need') }]}>
            <Input type="date" min={day(1)} max={day(mostDays)} />
          </Form.Item>
          <Form.Item name="reason" label={t('quota.reason')} rules={[{ required: true, whitespace: true, message: t('need') }]}>
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        </FormShell>
      </details>
    </Panel>
  );
};
