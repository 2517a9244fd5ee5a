/** One camera in the register: what is to be done, what it is for and may look at, its pictures, its device. */
import { useState } from 'react';
import { Form } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { activateCamera, changeRegister, followRetention, listRegister, registerEntry } from '../../../../../contract/cameras.ts';
import type { RegisterChoices, RegisterEntry } from '../../../../../contract/cameras.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../cameras.css';
import { DevicePanel } from '../parts/entry-device.tsx';
import { EntryPictures } from '../parts/entry-pictures.tsx';
import { FindingList } from '../parts/finding-list.tsx';
import { PurposeDialog } from '../parts/purpose-dialog.tsx';
import { changedFields, RegisterFields } from '../parts/register-fields.tsx';
import type { RegisterValues } from '../parts/register-fields.tsx';

const paths = [listRegister.path, registerEntry.path];

const EntryPage = () => {
  const { t } = useTranslation('cameras');
  const cameraId = useSearchText('camera');
  const entry = useEndpoint(registerEntry, { params: { cameraId } });
  const register = useEndpoint(listRegister, {});
  const error = entry.error ?? register.error;
  const title = entry.data === undefined ? t('register.entry.title') : `${String(entry.data.number).padStart(2, '0')} ${entry.data.name}`;
  return (
    <Page title={title} acts={<Link to="/cameras/register">{t('register.entry.back')}</Link>}>
      {error !== null && <RefusalBanner error={error} />}
      {(entry.data === undefined || register.data === undefined) && error === null && <Loading />}
      {entry.data !== undefined && register.data !== undefined && <Entry key={entry.data.rowVersion} entry={entry.data} choices={register.data.choices} seesPositions={register.data.seesPositions} />}
    </Page>
  );
};

const Entry = ({ entry, choices, seesPositions }: { entry: RegisterEntry; choices: RegisterChoices; seesPositions: boolean }) => {
  const { t } = useTranslation('cameras');
  const manage = useCan('video.cameras.manage');
  return (
    <>
      <Todo entry={entry} />
      <Panel title={t('register.entry.fields')}>
        {manage === true ? <EntryForm entry={entry} choices={choices} seesPositions={seesPositions} /> : <Reading entry={entry} />}
      </Panel>
      {seesPositions && <EntryPictures entry={entry} paths={paths} />}
      <DevicePanel entry={entry} />
    </>
  );
};

const Todo = ({ entry }: { entry: RegisterEntry }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  const manage = useCan('video.cameras.manage');
  const mayAsk = useCan('video.purpose.ask');
  const activate = useAct(activateCamera, paths);
  const follow = useAct(followRetention, paths);
  const [asking, setAsking] = useState(false);
  const { cameraId, retention } = entry;
  const error = activate.error ?? follow.error;
  return (
    <Panel title={t('register.entry.findings')}>
      {error !== null && <RefusalBanner error={error} />}
      {!entry.active && <Notice priority="medium">{t('register.entry.inactive')}</Notice>}
      {entry.findings.length === 0 ? <p>{t('register.entry.none')}</p> : <FindingList findings={entry.findings} />}
      <p className="dim">
        {t('register.entry.retention')} · {t('register.entry.retentionNow', { days: retention.days })} · {say(retention.why)} {retention.cite ?? ''}
      </p>
      <div className="form-acts">
        {!entry.active && <ActButton type="primary" can={manage} loading={activate.isPending} onClick={() => activate.mutate({ params: { cameraId } })}>{t('register.entry.activate')}</ActButton>}
        {retention.days < retention.requiredDays && <ActButton can={manage} loading={follow.isPending} onClick={() => follow.mutate({ params: { cameraId } })}>{t('register.entry.retentionFollow', { days: retention.requiredDays })}</ActButton>}
        {entry.purpose !== null && <ActButton can={mayAsk} onClick={() => setAsking(true)}>{t('register.entry.askPurpose')}</ActButton>}
      </div>
      {asking && <PurposeDialog entry={entry} close={() => setAsking(false)} />}
    </Panel>
  );
};

const EntryForm = ({ entry, choices, seesPositions }: { entry: RegisterEntry; choices: RegisterChoices; seesPositions: boolean }) => {
  const { t } = useTranslation('cameras');
  const [form] = Form.useForm<RegisterValues>();
  const change = useAct(changeRegister, paths);
  const initial: RegisterValues = {
    legalBasis: entry.legalBasis, noticeRecord: entry.noticeRecord, position: entry.position ?? '', viewWords: entry.viewWords ?? '', owner: entry.owner, filingNumber: entry.filingNumber, approvalReference: entry.approvalReference,
    ...(entry.purpose === null ? {} : { purpose: entry.purpose.key }), ...(entry.zone === null ? {} : { zoneType: entry.zone.key }),
  };
  const submit = (values: RegisterValues): void => change.mutate({ params: { cameraId: entry.cameraId }, body: { ...changedFields(initial, values), rowVersion: entry.rowVersion } });
  // A purpose that is no longer offered still has its name.
  const offered = entry.purpose === null || choices.purposes.some(({ key }) => key === entry.purpose?.key) ? choices : { ...choices, purposes: [...choices.purposes, { ...entry.purpose, needsBasis: false }] };
  return (
    <FormShell form={form} initial={initial} error={change.error} busy={change.isPending} submit={submit} submitText={t('register.entry.save')}>
      <RegisterFields choices={offered} form={form} purposeStands={entry.purpose !== null} showsPosition={seesPositions} />
    </FormShell>
  );
};

const Reading = ({ entry }: { entry: RegisterEntry }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  const rows: [string, string][] = [
    [t('register.purpose'), entry.purpose === null ? '—' : say(entry.purpose)],
    [t('register.zone'), entry.zone === null ? '—' : say(entry.zone)],
    [t('register.entry.position'), entry.position === null ? t('register.entry.positionHidden') : entry.position || '—'],
    [t('register.entry.view'), entry.viewWords === null ? t('register.entry.positionHidden') : entry.viewWords || '—'],
    [t('register.entry.owner'), entry.owner || '—'], [t('register.entry.filing'), entry.filingNumber || '—'], [t('register.entry.approval'), entry.approvalReference || '—'],
  ];
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

export default EntryPage;
