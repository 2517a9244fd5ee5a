/** Orders by word of mouth: written down at once, papered within the room's hours, else a breach. */
import { Form, Input, Select } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { orders as ordersEndpoint, recordOrder, type Order } from '../../../../../contract/approvals.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../approvals.css';
import { DueText } from '../parts/inbox-list.tsx';
import { useMoment } from '../parts/use-moment.ts';
import { zoneInstant, zoneText } from '../zone-time.ts';

type Answer = z.output<(typeof ordersEndpoint)['response']>;

const OrdersPage = () => {
  const { t } = useTranslation('approvals');
  const { data, error, refetch } = useEndpoint(ordersEndpoint, {});
  return (
    <Page title={t('order.title')} about={t('order.about', { hours: data?.papersHours ?? 24 })} acts={<Link to={'/approvals'} className="approval-link">{t('form.back')}</Link>}>
      {error !== null && <RefusalBanner error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <>
          <Panel title={t('order.list')}>
            {data.orders.length === 0 ? <Empty what={t('order.none')} /> : <ol className="approval-orders" aria-label={t('order.list')}>{data.orders.map((one) => <OrderLine key={one.orderId} one={one} />)}</ol>}
          </Panel>
          <Panel title={t('order.record')}>{data.can['record'] === true ? <RecordForm known={data} /> : <p>{t('order.mayNot')}</p>}</Panel>
        </>
      )}
    </Page>
  );
};

const OrderLine = ({ one }: { one: Order }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  const navigate = useNavigate();
  return (
    <li>
      <span className="approval-order-head">
        <strong>{t('number', { number: one.number })} · {say(one.title)}</strong>
        <span>
          {one.state === 'breached' && <PriorityMark priority="high" />}
          {t(`order.state.${one.state}`)}
          {one.breachWhy !== null && ` · ${t(`order.breach.${one.breachWhy}`)}`}
          {one.state === 'breached' && one.paperedAt !== null && ` ${t('order.laterPapered')}`}
        </span>
      </span>
      <span className="approval-words">{one.what}</span>
      <span className="dim">{moment(one.orderedAt)} · {t('order.by', { leader: one.leader.name, name: one.recordedBy.name })}</span>
      {one.state === 'provisional' && <span>{t('order.due', { time: moment(one.papersDueAt) })} · <DueText dueAt={one.papersDueAt} /></span>}
      {one.papers.map((papers) => (
        <Link key={papers.approvalId} to={'/approvals'} search={{ list: 'all', id: papers.approvalId }}>{t('order.papers', { number: papers.number, state: t(`state.${papers.state}`) })}</Link>
      ))}
      {one.paperedAt === null && one.fileAt !== null && one.canFile === true && <span>{t('order.fileAt')}{say(one.fileAt)}</span>}
      {one.paperedAt === null && one.fileAt === null && (
        <span>
          <ActButton can={one.canFile} onClick={() => void navigate({ to: '/approvals/ask', search: { order: one.orderId } })}>{t('order.file')}</ActButton>
        </span>
      )}
    </li>
  );
};

interface Values {
  kind: string;
  leaderId: string;
  orderedAt: string;
  what: string;
  reason: string;
}

const RecordForm = ({ known }: { known: Answer }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  const { site } = useSession();
  const now = useServerNow();
  const [form] = Form.useForm<Values>();
  const recording = useAct(recordOrder, ['/api/approvals']);
  const chosen: unknown = Form.useWatch('kind', form);
  const [first] = known.kinds;
  const leaders = (known.kinds.find(({ kind }) => kind === chosen) ?? first)?.leaders ?? [];
  const need = [{ required: true, whitespace: true, message: t('form.need') }];
  const submit = ({ orderedAt, ...values }: Values): void =>
    recording.mutate({ body: { ...values, orderedAt: zoneInstant(orderedAt, site.timeZone) ?? 0 } }, { onSuccess: () => form.resetFields() });
  return (
    <>
      {recording.isSuccess && <Notice>{t('order.recorded', { time: moment(recording.data.papersDueAt) })}</Notice>}
      <FormShell form={form} initial={{ ...(first === undefined ? {} : { kind: first.kind }), orderedAt: zoneText(now, site.timeZone) }} error={recording.error} busy={recording.isPending} submit={submit} submitText={t('order.act')}>
        <Form.Item name="kind" label={t('order.kind')}>
          <Select options={known.kinds.map(({ kind, title }) => ({ value: kind, label: say(title) }))} />
        </Form.Item>
        <div className="field-row">
          <Form.Item name="leaderId" label={t('order.leader')} rules={[{ required: true, message: t('handOn.need') }]}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={leaders.map(({ personId, name }) => ({ value: personId, label: name }))} />
          </Form.Item>
          <Form.Item name="orderedAt" label={t('order.when')} extra={t('form.zone', { zone: site.timeZone })} rules={need}>
            <Input type="datetime-local" />
          </Form.Item>
        </div>
        <Form.Item name="what" label={t('order.what')} rules={need}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <Form.Item name="reason" label={t('order.why')} rules={need}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </FormShell>
    </>
  );
};

export default OrdersPage;
