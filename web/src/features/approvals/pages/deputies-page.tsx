/** Who acts for me while I am away, and for whom I act. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { endDeputy, listDeputies, nameDeputy } from '../../../../../contract/approvals.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths, useAct, useEndpoint } from '../../../app/queries.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty } from '../../../ui/states.tsx';
import '../approvals.css';
import { useMoment } from '../parts/use-moment.ts';
import { zoneInstant, zoneText } from '../zone-time.ts';

type Answer = z.output<(typeof listDeputies)['response']>;
type Deputy = Answer['deputies'][number];

const DeputiesPage = () => {
  const { t } = useTranslation('approvals');
  const { person } = useSession();
  const { data, error, refetch } = useEndpoint(listDeputies, {});
  const mine = data?.deputies.filter((one) => one.person.personId === person.personId);
  const others = data?.deputies.filter((one) => one.person.personId !== person.personId);
  return (
    <Page title={t('deputy.title')} about={t('deputy.about')} acts={<Link to={'/approvals'} className="approval-link">{t('form.back')}</Link>}>
      <Panel title={t('deputy.mine')}>
        <List rows={mine} error={error} retry={() => void refetch()} who={(one) => one.deputy.name} />
        {data !== undefined && <NameForm people={data.people} />}
      </Panel>
      <Panel title={t('deputy.others')}>
        <List rows={others} error={error} retry={() => void refetch()} who={(one) => one.person.name} />
      </Panel>
    </Page>
  );
};

const List = ({ rows, error, retry, who }: { rows: readonly Deputy[] | undefined; error: unknown; retry: () => void; who: (one: Deputy) => string }) => {
  const { t } = useTranslation('approvals');
  const moment = useMoment();
  const client = useQueryClient();
  const [ending, setEnding] = useState<Deputy | null>(null);
  const columns: Column<Deputy>[] = [
    { key: 'who', title: t('deputy.person'), render: who },
    { key: 'from', title: t('deputy.from'), render: (one) => moment(one.from) },
    { key: 'until', title: t('deputy.until'), render: (one) => moment(one.until) },
    { key: 'reason', title: t('deputy.reason'), render: (one) => one.reason },
    { key: 'state', title: t('deputy.state'), render: (one) => t(one.state === 'coming' ? 'deputy.coming' : 'deputy.now') },
    { key: 'act', title: t('deputy.act'), render: (one) => <ActButton can={one.can['end'] ?? true} onClick={() => setEnding(one)}>{t('deputy.end')}</ActButton> },
  ];
  return (
    <>
      <DataTable caption={t('deputy.caption')} rows={rows} columns={columns} rowKey={(one) => one.deputyId} error={error} retry={retry} empty={<Empty what={t('deputy.none')} />} />
      {ending !== null && (
        <ConfirmAct title={t('deputy.end')} text={t('deputy.endText', { name: ending.deputy.name })} actText={t('deputy.end')} withReason={false} close={() => setEnding(null)}
          act={async () => call(endDeputy, { params: { deputyId: ending.deputyId } }).then(() => invalidatePaths(client, [listDeputies.path]))} />
      )}
    </>
  );
};

interface Values {
  deputyPersonId: string;
  from: string;
  until: string;
  reason: string;
}
const dayMs = 86_400_000;

const NameForm = ({ people }: { people: Answer['people'] }) => {
  const { t } = useTranslation('approvals');
  const { site } = useSession();
  const now = useServerNow();
  const [form] = Form.useForm<Values>();
  const naming = useAct(nameDeputy, [listDeputies.path]);
  const need = [{ required: true, whitespace: true, message: t('form.need') }];
  const submit = ({ deputyPersonId, from, until, reason }: Values): void => {
    naming.mutate({ body: { deputyPersonId, reason, from: zoneInstant(from, site.timeZone) ?? 0, until: zoneInstant(until, site.timeZone) ?? 0 } }, { onSuccess: () => form.resetFields() });
  };
  return (
    <FormShell form={form} initial={{ from: zoneText(now, site.timeZone), until: zoneText(now + dayMs, site.timeZone) }} error={naming.error} busy={naming.isPending} submit={submit} submitText={t('deputy.add')}>
      <Form.Item name="deputyPersonId" label={t('deputy.name')} rules={[{ required: true, message: t('handOn.need') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={people.map(({ personId, name }) => ({ value: personId, label: name }))} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="from" label={t('deputy.from')} extra={t('form.zone', { zone: site.timeZone })} rules={need}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="until" label={t('deputy.until')} rules={need}>
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={t('deputy.reason')} rules={need}>
        <Input maxLength={200} />
      </Form.Item>
    </FormShell>
  );
};

export default DeputiesPage;
