/** Adoption, step by step: regulations, whom they bind, conflicts, open parameters; then it goes to approval. */
import { useState } from 'react';
import { Button, Checkbox, Input, Select } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { adoptPacks, listPacks, reportAdoption, ruleTable, viewProfile, type AdoptionForm } from '../../../../../contract/parameters.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { Page, Panel } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../parameters.css';
import { Conflicts, OpenParameters } from '../parts/adoption-report.tsx';
import { versionText } from '../cite-text.ts';
import { PurposesAsked, Waivers } from '../parts/waivers.tsx';
import { SubNav } from '../parts/sub-nav.tsx';

const empty: AdoptionForm = { packs: [], place: { kind: 'site' }, from: null, annexes: [], settlements: [], decisions: [], waivers: [] };
const placeKey = (place: AdoptionForm['place']): string => (place.kind === 'site' ? 'site' : place.kind === 'node' ? `node:${place.nodeId}` : `room:${place.roomId}`);
const placeFrom = (text: string): AdoptionForm['place'] => {
  const [kind = 'site', id = ''] = text.split(':');
  return kind === 'node' ? { kind, nodeId: id } : kind === 'room' ? { kind, roomId: id } : { kind: 'site' };
};

const Choice = ({ form, set }: { form: AdoptionForm; set: (form: AdoptionForm) => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const language = useLanguage();
  const packs = useEndpoint(listPacks, {});
  const profile = useEndpoint(viewProfile, {});
  const chosen = (packs.data?.packs ?? []).filter((one) => form.packs.includes(one.digest));
  const annexes = chosen.flatMap((one) => one.annexes.map((annex) => ({ value: `${one.packId}:${annex.key}`, label: say(annex) })));
  const nodes = profile.data?.approved?.profile.organisation ?? [];
  const choose = (digests: string[]): void => {
    const next = (packs.data?.packs ?? []).filter((one) => digests.includes(one.digest));
    set({ ...form, packs: digests, annexes: next.flatMap((one) => one.annexes.map((annex) => `${one.packId}:${annex.key}`)) });
  };
  if (packs.data === undefined) return packs.error === null ? <Loading /> : <RefusalBanner error={packs.error} />;
  return (
    <>
      <Panel title={t('adopt.choose')}>
        <Select mode="multiple" aria-label={t('adopt.choose')} style={{ width: '100%' }} value={form.packs} options={packs.data.packs.map((one) => ({ value: one.digest, label: t('inBrackets', { text: say(one), more: versionText(one.version, language) }), words: `${say(one)} ${one.packId}@${one.version}`.toLowerCase() }))} showSearch={{ filterOption: (text, option) => option?.words.includes(text.trim().toLowerCase()) ?? false }} onChange={choose} />
        {annexes.length > 0 && (
          <p>{t('pair', { name: t('adopt.annexes'), text: '' })}<Checkbox.Group options={annexes} value={form.annexes} onChange={(next) => set({ ...form, annexes: next })} /></p>
        )}
      </Panel>
      <Panel title={t('adopt.place')}>
        <Select
          aria-label={t('adopt.place')} style={{ minWidth: 320 }} value={placeKey(form.place)} onChange={(text) => set({ ...form, place: placeFrom(text) })}
          options={[{ value: 'site', label: t('adopt.whole') }, ...nodes.map((node) => ({ value: `node:${node.nodeId}`, label: node.name })), ...(profile.data?.rooms ?? []).map((room) => ({ value: `room:${room.roomId}`, label: room.name }))]}
        />
      </Panel>
    </>
  );
};

const AdoptPage = () => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const [form, setForm] = useState<AdoptionForm>(empty);
  const [reason, setReason] = useState('');
  const [waiving, setWaiving] = useState<string | null>(null);
  const known = useEndpoint(ruleTable, { query: {} });
  const report = useEndpoint(reportAdoption, { body: form }, { enabled: form.packs.length > 0, keepOld: true });
  const adopt = useAct(adoptPacks, ['/api/parameters', '/api/approvals']);
  const settle = (conflictId: string, option: string): void =>
    setForm({ ...form, settlements: [...form.settlements.filter((one) => one.conflictId !== conflictId), { conflictId, option, reason: reason.trim() === '' ? t('adopt.about') : reason }] });
  if (adopt.isSuccess) return <Page title={t('tabs.adopt')}><SubNav /><Notice>{t('adopt.sent')} <Link to="/approvals">{t('history.approval')}</Link></Notice></Page>;
  const shown = form.packs.length === 0 ? undefined : report.data;
  return (
    <Page title={t('tabs.adopt')} about={t('adopt.about')}>
      <SubNav />
      <Choice form={form} set={setForm} />
      {form.packs.length === 0 && <p>{t('adopt.nothing')}</p>}
      {report.error !== null && <RefusalBanner error={report.error} retry={() => void report.refetch()} />}
      {shown !== undefined && (
        <>
          <Conflicts report={shown} settlements={form.settlements} settle={settle} />
          <OpenParameters report={shown} decisions={form.decisions} decide={(decisions) => setForm({ ...form, decisions })} known={known.data} />
          {shown.purposes.length > 0 && <PurposesAsked report={shown} waive={(clause) => setWaiving(clause)} />}
          <Waivers report={shown} waivers={form.waivers} first={waiving} set={(waivers) => setForm({ ...form, waivers })} done={() => setWaiving(null)} />
          <Panel title={shown.faults.length === 0 ? t('adopt.clear') : t('adopt.faults')}>
            <ul aria-label={t('adopt.faults')}>{shown.faults.map((fault) => <li key={`${fault.code}${fault.about}`}>{say(fault)}</li>)}</ul>
            {adopt.error !== null && <RefusalBanner error={adopt.error} />}
            <label>{t('adopt.reason')} <Input.TextArea rows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} /></label>
            <p><Button type="primary" loading={adopt.isPending} disabled={reason.trim() === ''} onClick={() => adopt.mutate({ body: { ...form, reason } })}>{t('adopt.submit')}</Button></p>
          </Panel>
        </>
      )}
    </Page>
  );
};

export default AdoptPage;
