/** Rights of one person: who granted which, why and until when; a new one with its end; the report of a disclosed password. */
import { useState } from 'react';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { endGrant, grantRole, listGrants, reportDisclosure, resetFactor } from '../../../../../contract/identity-people.ts';
import { listPeople, Role } from '../../../../../contract/identity.ts';
import type { Person } from '../../../../../contract/identity.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { dayEnd } from '../../../ui/day-span.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Panel } from '../../../ui/page.tsx';
import { Empty } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import { useRoleTitle } from './role-title.ts';

export const GrantsPanel = ({ person }: { person: Person }) => {
  const { t } = useTranslation('identity');
  const title = useRoleTitle();
  const { site } = useSession();
  const can = useCan('identity.grants.change');
  const grants = useEndpoint(listGrants, { params: { personId: person.personId } });
  const end = useAct(endGrant, [listPeople.path]);
  const [ending, setEnding] = useState<{ grantId: number; role: Role } | null>(null);
  const day = (at: number): string => isoDateText(at, site.timeZone);
  return (
    <Panel title={t('grants.title')}>
      <DataTable
        caption={t('grants.title')}
        rows={grants.data?.grants}
        rowKey={({ grantId }) => String(grantId)}
        error={grants.error}
        empty={<Empty what={t('grants.none')} />}
        dimmed={({ holds }) => !holds}
        columns={[
          { key: 'role', title: t('people.roles'), render: ({ role }) => title(role) },
          { key: 'from', title: t('grants.from'), render: ({ from }) => day(from) },
          // Until midnight of the day after: people name the last day.
          { key: 'until', title: t('grants.until'), render: ({ until }) => (until === null ? t('grants.open') : day(until - 1)) },
          { key: 'by', title: t('grants.by'), render: ({ grantedByName, reason }) => (reason === '' ? grantedByName : `${grantedByName} · ${reason}`) },
          { key: 'acts', title: t('people.acts'), render: ({ grantId, role, holds }) => (holds ? <ActButton can={can} onClick={() => setEnding({ grantId, role })}>{t('grants.end')}</ActButton> : t('grants.ended')) },
        ]}
      />
      {can === true && <GrantForm person={person} />}
      {ending !== null && <ConfirmAct title={t('grants.endTitle', { role: title(ending.role), name: person.name })} text={t('grants.endText')} actText={t('grants.end')} withReason={false} danger act={() => end.mutateAsync({ params: { personId: person.personId, grantId: ending.grantId } })} close={() => setEnding(null)} />}
    </Panel>
  );
};

const GrantForm = ({ person }: { person: Person }) => {
  const { t } = useTranslation('identity');
  const title = useRoleTitle();
  const { site } = useSession();
  const [form] = Form.useForm<{ role: Role; lastDay?: string; reason?: string }>();
  const grant = useAct(grantRole, [listPeople.path]);
  const submit = ({ role, lastDay, reason }: { role: Role; lastDay?: string; reason?: string }): void => {
    const until = lastDay === undefined || lastDay === '' ? null : dayEnd(lastDay, site.timeZone);
    grant.mutate({ params: { personId: person.personId }, body: { role, until, reason: reason ?? '' } }, { onSuccess: () => form.resetFields() });
  };
  return (
    <FormShell form={form} initial={{}} error={grant.error} busy={grant.isPending} submit={submit} submitText={t('grants.act')}>
      <br />
      <div className="field-row">
        <Form.Item name="role" label={t('grants.role')} rules={[{ required: true, message: t('people.rolesNeed') }]}>
          <Select options={Role.options.map((role) => ({ value: role, label: title(role) }))} />
        </Form.Item>
        <Form.Item name="lastDay" label={t('grants.lastDay')} extra={t('grants.lastDayHint')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="reason" label={t('grants.reason')}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      </div>
    </FormShell>
  );
};

/** Acts of security on somebody else's account. */
export const SecurityActs = ({ person }: { person: Person }) => {
  const { t } = useTranslation('identity');
  const [asking, setAsking] = useState<'disclosure' | 'reset' | null>(null);
  const report = useAct(reportDisclosure);
  const reset = useAct(resetFactor);
  const canReport = useCan('identity.disclosures.report');
  const canReset = useCan('identity.factors.reset');
  const params = { personId: person.personId };
  return (
    <Panel title={t('security.title')}>
      <div className="link-row">
        <ActButton can={canReport} onClick={() => setAsking('disclosure')}>
          {t('disclosure.act')}
        </ActButton>
        <ActButton can={canReset} onClick={() => setAsking('reset')}>
          {t('security.reset')}
        </ActButton>
      </div>
      {asking === 'disclosure' && <ConfirmAct title={t('disclosure.title')} text={t('disclosure.otherText', { name: person.name })} actText={t('disclosure.act')} withReason danger act={(text) => report.mutateAsync({ params, body: { text } })} close={() => setAsking(null)} />}
      {asking === 'reset' && <ConfirmAct title={t('security.resetTitle', { name: person.name })} text={t('security.resetText')} actText={t('security.reset')} withReason={false} danger act={() => reset.mutateAsync({ params })} close={() => setAsking(null)} />}
    </Panel>
  );
};
