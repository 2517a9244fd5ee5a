/** The profile of the site: read by everybody who may see rules, written and submitted by those who answer for it. */
import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SiteKind, submitProfile, viewProfile, writeProfile, type SiteProfile } from '../../../../../contract/parameters.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import '../parameters.css';
import { Organisation } from '../parts/organisation.tsx';
import { ProfileFile } from '../parts/profile-file.tsx';
import { Areas, Groups, Purposes, Systems, type ProfileData } from '../parts/profile-rows.tsx';
import { SubNav } from '../parts/sub-nav.tsx';

const empty: SiteProfile = { siteKind: null, mission: '', placeInOrganisation: '', responsibleHead: null, department: null, areas: [], purposes: [], systems: [], organisation: [], assetGroups: [] };

interface Part { profile: SiteProfile; set: (profile: SiteProfile) => void; data: ProfileData }

const Unit = ({ profile, set, data }: Part) => {
  const { t } = useTranslation('parameters');
  const people = data.people.map((person) => ({ value: person.personId, label: person.name }));
  const department = profile.department ?? { name: '', headId: null, memberIds: [], duties: [] };
  const setDepartment = (change: Partial<NonNullable<SiteProfile['department']>>): void => {
    const next = { ...department, ...change };
    set({ ...profile, department: next.name === '' && next.headId === null && next.duties.length === 0 ? null : next });
  };
  return (
    <Panel>
      <div className="field-row">
        <label>{t('profile.kind')}<Select aria-label={t('profile.kind')} style={{ width: '100%' }} value={profile.siteKind} options={SiteKind.options.map((kind) => ({ value: kind, label: t(`profile.siteKind.${kind}`) }))} onChange={(siteKind) => set({ ...profile, siteKind })} /></label>
        <label>{t('profile.place')}<Input value={profile.placeInOrganisation} maxLength={240} onChange={(event) => set({ ...profile, placeInOrganisation: event.target.value })} /></label>
      </div>
      <label>{t('profile.mission')}<Input.TextArea rows={2} maxLength={2000} value={profile.mission} onChange={(event) => set({ ...profile, mission: event.target.value })} /></label>
      <div className="field-row">
        <label>{t('profile.head')}<Select aria-label={t('profile.head')} allowClear style={{ width: '100%' }} value={profile.responsibleHead?.personId ?? null} options={people} onChange={(personId: string | null | undefined) => set({ ...profile, responsibleHead: personId === null || personId === undefined ? null : { personId, title: profile.responsibleHead?.title ?? '' } })} /></label>
        <label>{t('profile.headTitle')}<Input value={profile.responsibleHead?.title ?? ''} maxLength={120} disabled={profile.responsibleHead === null} onChange={(event) => profile.responsibleHead !== null && set({ ...profile, responsibleHead: { ...profile.responsibleHead, title: event.target.value } })} /></label>
      </div>
      <h3>{t('profile.department')}</h3>
      <div className="field-row">
        <label>{t('profile.departmentName')}<Input value={department.name} maxLength={120} onChange={(event) => setDepartment({ name: event.target.value })} /></label>
        <label>{t('profile.departmentHead')}<Select aria-label={t('profile.departmentHead')} allowClear style={{ width: '100%' }} value={department.headId} options={people} onChange={(headId: string | null | undefined) => setDepartment({ headId: headId ?? null })} /></label>
      </div>
      <label>{t('profile.members')}<Select aria-label={t('profile.members')} mode="multiple" style={{ width: '100%' }} value={department.memberIds} options={people} onChange={(memberIds) => setDepartment({ memberIds })} /></label>
      <label>{t('profile.duties')}<Input.TextArea rows={4} value={department.duties.join('\n')} onChange={(event) => setDepartment({ duties: event.target.value.split('\n').filter((line) => line !== '') })} /></label>
    </Panel>
  );
};

const Editor = ({ data, reload }: { data: ProfileData; reload: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const { site } = useSession();
  const canWrite = useCan('parameters.profile');
  const [profile, setProfile] = useState<SiteProfile>(data.draft?.profile ?? data.approved?.profile ?? empty);
  const [number, setNumber] = useState(data.draft?.number ?? 0);
  const [checks, setChecks] = useState(data.checks);
  const [submitting, setSubmitting] = useState(false);
  const write = useAct(writeProfile);
  const submit = useAct(submitProfile, ['/api/approvals']);
  const save = async (): Promise<number> => {
    const saved = await write.mutateAsync({ body: { number, profile } });
    setNumber(saved.number);
    setChecks(saved.checks);
    return saved.number;
  };
  const part = { profile, set: setProfile, data };
  return (
    <>
      <p className="dim">
        {data.approved === null ? t('profile.none') : t('profile.version', { version: data.approved.version, time: momentText(data.approved.from, site.timeZone) })}
        {data.draft !== null && ` · ${t('profile.draft', { name: data.draft.by, time: momentText(data.draft.changedAt, site.timeZone) })}`}
      </p>
      <Panel title={t('profile.checks')}>
        {checks.length === 0 ? <p>{t('profile.clear')}</p> : <ul>{checks.map((check) => <li key={`${check.code}${check.about}`}><strong>{t(check.blocking ? 'profile.blocking' : 'profile.note')}</strong> {say(check)}</li>)}</ul>}
      </Panel>
      <Unit {...part} />
      <Areas {...part} />
      <Purposes {...part} />
      <Organisation {...part} />
      <Systems {...part} />
      <Groups {...part} />
      {write.error !== null && <RefusalBanner error={write.error} />}
      {write.isSuccess && <Notice>{t('profile.saved')}</Notice>}
      {submit.isSuccess && <Notice>{t('profile.sent')} <Link to="/approvals">{t('history.approval')}</Link></Notice>}
      <ProfileFile profile={profile} data={data} can={canWrite} take={setProfile} />
      <p className="rule-acts">
        <ActButton can={canWrite} onClick={() => void save().catch(() => undefined)} loading={write.isPending}>{t('profile.save')}</ActButton>
        <ActButton type="primary" can={canWrite} onClick={() => setSubmitting(true)}>{t('profile.submit')}</ActButton>
        <Button type="text" onClick={reload}>{t('profile.versions')} {data.versions.length}</Button>
      </p>
      {submitting && (
        <ConfirmAct title={t('profile.submit')} text={t('profile.about')} actText={t('profile.submit')} withReason close={() => setSubmitting(false)} act={async (reason) => submit.mutateAsync({ body: { number: await save(), reason } })} />
      )}
    </>
  );
};

const ProfilePage = () => {
  const { t } = useTranslation('parameters');
  const profile = useEndpoint(viewProfile, {});
  return (
    <Page title={t('tabs.profile')} about={t('profile.about')}>
      <SubNav />
      {profile.error !== null && <RefusalBanner error={profile.error} retry={() => void profile.refetch()} />}
      {profile.data === undefined && profile.error === null && <Loading />}
      {profile.data !== undefined && <Editor data={profile.data} reload={() => void profile.refetch()} />}
    </Page>
  );
};

export default ProfilePage;
