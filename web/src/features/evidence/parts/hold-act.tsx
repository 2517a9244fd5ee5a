/** Confirming, extending or releasing one hold. A refusal stays in the dialog with what was typed. */
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { confirmHold, extendHold, listHolds, releaseHold, type Hold } from '../../../../../contract/evidence-holds.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { dayEnd } from '../../../ui/day-span.ts';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import { zoneInstant, zoneText } from '../zone-time.ts';

export interface ActOnHold {
  act: 'confirm' | 'extend' | 'release';
  hold: Hold;
}

interface Asked {
  acting: ActOnHold;
  page: z.output<typeof listHolds.response>;
  close: () => void;
}

const dayMs = 86_400_000;
const paths = [listHolds.path];

export const HoldAct = ({ acting, page, close }: Asked) => {
  const { t } = useTranslation('holds');
  const { act, hold } = acting;
  const releasing = useAct(releaseHold, paths);
  if (act === 'confirm') return <Confirm hold={hold} page={page} close={close} />;
  if (act === 'extend') return <Extend hold={hold} page={page} close={close} />;
  return (
    <ConfirmAct
      title={t('release.title', { number: hold.number })} text={t('release.text')} actText={t('release.send')} withReason danger close={close}
      act={async (reason) => releasing.mutateAsync({ params: { holdId: hold.holdId }, body: { reason } })}
    />
  );
};

interface Confirmed {
  ownerId: string;
  day: string;
  reason: string;
  space: string;
}

const Confirm = ({ hold, page, close }: { hold: Hold } & Omit<Asked, 'acting'>) => {
  const { t } = useTranslation('holds');
  const { site, person } = useSession();
  const [form] = Form.useForm<Confirmed>();
  const sending = useAct(confirmHold, paths);
  const day = (days: number): string => isoDateText(page.now + days * dayMs, site.timeZone);
  const known = page.owners.some(({ personId }) => personId === person.personId);
  const send = ({ ownerId, day: until, reason, space }: Confirmed): void =>
    // The last day that may be chosen ends behind the limit: then the limit itself.
    sending.mutate({ params: { holdId: hold.holdId }, body: { ownerId, reason, space, reviewAt: Math.min(dayEnd(until, site.timeZone) ?? 0, page.now + page.reviewDays * dayMs) } }, { onSuccess: close });
  return (
    <Modal open title={t('confirm.title', { number: hold.number })} footer={null} onCancel={close} mask={{ closable: false }}>
      <FormShell form={form} initial={{ ownerId: known ? person.personId : '', day: day(Math.min(30, page.reviewDays)), reason: hold.reason, space: '' }} error={sending.error} busy={sending.isPending} submit={send} submitText={t('confirm.send')}>
        <Form.Item name="ownerId" label={t('confirm.owner')} rules={[{ required: true, message: t('need') }]}>
          <select className="search">
            <option value="" disabled>—</option>
            {page.owners.map(({ personId, name }) => <option key={personId} value={personId}>{name}</option>)}
          </select>
        </Form.Item>
        <Form.Item name="day" label={t('confirm.reviewAt')} extra={t('confirm.reviewHint', { days: page.reviewDays })} rules={[{ required: true, message: t('need') }]}>
          <Input type="date" min={day(1)} max={day(page.reviewDays)} />
        </Form.Item>
        <Form.Item name="reason" label={t('confirm.reason')} rules={[{ required: true, whitespace: true, message: t('need') }]}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Form.Item name="space" label={t('confirm.space')} extra={t('confirm.spaceHint')}>
          <Input maxLength={500} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};

interface Extended {
  until: string;
  reason: string;
}

const Extend = ({ hold, page, close }: { hold: Hold } & Omit<Asked, 'acting'>) => {
  const { t } = useTranslation('holds');
  const { site } = useSession();
  const [form] = Form.useForm<Extended>();
  const sending = useAct(extendHold, paths);
  const provisional = hold.state === 'provisional';
  const first = provisional ? Math.max(hold.decideBy ?? page.now, page.now) + dayMs : Math.min(Math.max(hold.reviewAt ?? 0, page.now) + 30 * dayMs, page.now + page.reviewDays * dayMs);
  const send = ({ until, reason }: Extended): void => sending.mutate({ params: { holdId: hold.holdId }, body: { until: zoneInstant(until, site.timeZone) ?? 0, reason } }, { onSuccess: close });
  return (
    <Modal open title={t('extend.title', { number: hold.number })} footer={null} onCancel={close} mask={{ closable: false }}>
      <FormShell form={form} initial={{ until: zoneText(first, site.timeZone), reason: '' }} error={sending.error} busy={sending.isPending} submit={send} submitText={t('extend.send')}>
        <Form.Item name="until" label={t(provisional ? 'extend.decideBy' : 'extend.reviewAt')} extra={site.timeZone} rules={[{ required: true, message: t('need') }]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="reason" label={t('extend.reason')} rules={[{ required: true, whitespace: true, message: t('need') }]}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};
