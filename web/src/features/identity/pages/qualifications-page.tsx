/** Certificates and training of people: until when they hold, and who has seen the paper. */
import { useState } from 'react';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { addQualification, listQualifications, qualificationScan, withdrawQualification } from '../../../../../contract/identity-people.ts';
import type { Qualification } from '../../../../../contract/identity-people.ts';
import { QualificationKind } from '../../../../../contract/identity.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page } from '../../../ui/page.tsx';
import { Empty, Notice } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import { base64Of } from '../file-base64.ts';
import '../identity.css';

type Listed = z.output<(typeof listQualifications)['response']>;
const scanTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const;
type ScanType = (typeof scanTypes)[number];
const isScanType = (type: string): type is ScanType => scanTypes.some((one) => one === type);

const QualificationsPage = () => {
  const { t } = useTranslation('identity');
  const { site } = useSession();
  const listed = useEndpoint(listQualifications, { query: {} });
  const can = useCan('identity.qualifications.change');
  const [adding, setAdding] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Qualification | null>(null);
  const withdraw = useAct(withdrawQualification, [listQualifications.path]);
  const day = (at: number): string => isoDateText(at, site.timeZone);
  return (
    <Page title={t('qualifications.title')} about={t('qualifications.about')} acts={<ActButton type="primary" can={can} onClick={() => setAdding(true)}>{t('qualifications.add')}</ActButton>}>
      {listed.data?.consoleNeedsTraining === true && <Notice>{t('qualifications.needed')}</Notice>}
      <DataTable
        caption={t('qualifications.title')}
        rows={listed.data?.qualifications}
        rowKey={({ qualificationId }) => qualificationId}
        searchText={({ personName, number }) => `${personName} ${number}`}
        error={listed.error}
        retry={() => void listed.refetch()}
        empty={<Empty what={t('qualifications.empty')} />}
        dimmed={({ holds }) => !holds}
        columns={[
          { key: 'person', title: t('people.name'), render: ({ personName }) => <strong>{personName}</strong>, order: ({ personName }) => personName },
          { key: 'kind', title: t('qualifications.kind'), render: ({ kind }) => t(`qualifications.kinds.${kind}`), order: ({ kind }) => kind },
          { key: 'number', title: t('qualifications.number'), render: ({ number }) => number || '—' },
          { key: 'from', title: t('grants.from'), render: ({ from }) => day(from) },
          { key: 'until', title: t('grants.until'), render: ({ until, holds }) => (until === null ? t('grants.open') : <span className={holds ? undefined : 'fault'}>{day(until - 1)}</span>), order: ({ until }) => until ?? Infinity },
          { key: 'checked', title: t('qualifications.checkedBy'), render: ({ checkedBy }) => checkedBy },
          { key: 'scan', title: t('qualifications.scan'), render: ({ hasScan, qualificationId }) => (hasScan ? <a href={qualificationScan.path.replace(':qualificationId', qualificationId)} target="_blank" rel="noreferrer">{t('qualifications.open')}</a> : '—') },
          { key: 'acts', title: t('people.acts'), render: (row) => <ActButton can={can} onClick={() => setWithdrawing(row)}>{t('qualifications.withdraw')}</ActButton> },
        ]}
      />
      {adding && listed.data !== undefined && <AddDialog listed={listed.data} close={() => setAdding(false)} />}
      {withdrawing !== null && <ConfirmAct title={t('qualifications.withdrawTitle', { name: withdrawing.personName })} text={t('qualifications.withdrawText')} actText={t('qualifications.withdraw')} withReason={false} danger act={() => withdraw.mutateAsync({ params: { qualificationId: withdrawing.qualificationId } })} close={() => setWithdrawing(null)} />}
    </Page>
  );
};

interface Typed {
  personId: string;
  kind: QualificationKind;
  number?: string;
  from: string;
  lastDay?: string;
}

const AddDialog = ({ listed, close }: { listed: Listed; close: () => void }) => {
  const { t } = useTranslation('identity');
  const { person, site, serverNow } = useSession();
  const [form] = Form.useForm<Typed>();
  const [scan, setScan] = useState<File | null>(null);
  const add = useAct(addQualification, [listQualifications.path]);
  const submit = async ({ personId, kind, number, from, lastDay }: Typed): Promise<void> => {
    const start = dayStart(from, site.timeZone);
    if (start === null) return;
    const file = scan !== null && isScanType(scan.type) ? { type: scan.type, base64: await base64Of(scan) } : null;
    add.mutate({ body: { personId, kind, number: number ?? '', from: start, until: lastDay === undefined || lastDay === '' ? null : dayEnd(lastDay, site.timeZone), scan: file } }, { onSuccess: close });
  };
  const need = { required: true, message: t('setUp.need') };
  return (
    <Modal open title={t('qualifications.add')} footer={null} onCancel={close} mask={{ closable: false }}>
      <FormShell form={form} initial={{ kind: 'console_training', from: isoDateText(serverNow, site.timeZone) }} error={add.error} busy={add.isPending} submit={(values) => void submit(values)} submitText={t('people.save')}>
        <Form.Item name="personId" label={t('people.name')} rules={[need]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={listed.people.filter(({ personId }) => personId !== person.personId).map((one) => ({ value: one.personId, label: `${one.name} ${one.staffNumber}` }))} />
        </Form.Item>
        <Form.Item name="kind" label={t('qualifications.kind')}>
          <Select options={QualificationKind.options.map((kind) => ({ value: kind, label: t(`qualifications.kinds.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="number" label={t('qualifications.number')}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <div className="field-row">
          <Form.Item name="from" label={t('grants.from')} rules={[need]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="lastDay" label={t('grants.lastDay')} extra={t('grants.lastDayHint')}>
            <Input type="date" />
          </Form.Item>
        </div>
        <div className="file-choice">
          <input id="scan" className="only-read" type="file" accept="image/jpeg,image/png,application/pdf" onChange={(event) => setScan(event.target.files?.[0] ?? null)} />
          <label htmlFor="scan" className="file-button">
            {scan === null ? t('qualifications.scanChoose') : scan.name}
          </label>
        </div>
        <p className="dim">{t('qualifications.seen')}</p>
      </FormShell>
    </Modal>
  );
};

export default QualificationsPage;
