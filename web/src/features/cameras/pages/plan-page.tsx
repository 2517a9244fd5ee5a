/** Plans of the floors: where each camera stands, where it looks, how it goes. */
import { useMemo, useState } from 'react';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addPlan, listPlans, placeCameras, removePlan } from '../../../../../contract/cameras.ts';
import type { FloorPlan, PlanPlace } from '../../../../../contract/cameras.ts';
import { listCameras } from '../../../../../contract/video.ts';
import type { Camera } from '../../../../../contract/video.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../cameras.css';
import { CamerasNav } from '../parts/cameras-nav.tsx';
import { PictureChoice } from '../parts/picture-choice.tsx';
import { PlanCanvas } from '../parts/plan-canvas.tsx';
import { CamerasBeside, SelectedCamera } from '../parts/plan-side.tsx';

const PlanPage = () => {
  const { t } = useTranslation('cameras');
  const manages = useCan('video.cameras.manage') === true;
  const plans = useEndpoint(listPlans, {});
  const cameras = useEndpoint(listCameras, {}, { refetchMs: 10_000 });
  const [chosen, setChosen] = useState<string | null>(null);
  const all = plans.data?.plans ?? [];
  const plan = all.find(({ planId }) => planId === chosen) ?? all[0];
  const error = plans.error ?? cameras.error;
  return (
    <Page title={t('register.plan.title')} {...(manages ? { about: t('register.plan.about') } : {})}>
      <CamerasNav />
      {error !== null && <RefusalBanner error={error} />}
      {plans.data === undefined && error === null && <Loading />}
      {plans.data !== undefined && all.length === 0 && <Empty what={t('register.plan.empty')} />}
      {all.length > 1 && plan !== undefined && (
        <div className="toolbar">
          <Select value={plan.planId} aria-label={t('register.plan.title')} style={{ minWidth: 200 }} options={all.map(({ planId, name }) => ({ value: planId, label: name }))} onChange={setChosen} />
        </div>
      )}
      {plan !== undefined && cameras.data !== undefined && <OnePlan key={plan.planId} plan={plan} cameras={cameras.data.cameras} manages={manages} />}
      {manages && plans.data !== undefined && <NewPlan />}
    </Page>
  );
};

const OnePlan = ({ plan, cameras, manages }: { plan: FloorPlan; cameras: readonly Camera[]; manages: boolean }) => {
  const { t } = useTranslation('cameras');
  const watches = useCan('video.live.watch') === true;
  const [places, setPlaces] = useState<readonly PlanPlace[]>(plan.places);
  const [selected, setSelected] = useState<string | null>(null);
  const [saved, setSaved] = useState(true);
  const [removing, setRemoving] = useState(false);
  const save = useAct(placeCameras, [listPlans.path]);
  const remove = useAct(removePlan, [listPlans.path]);
  const byId = useMemo(() => new Map(cameras.map((camera) => [camera.cameraId, camera])), [cameras]);
  const write = (next: readonly PlanPlace[]): void => {
    setPlaces(next);
    setSaved(false);
  };
  const change = (place: PlanPlace): void => write(places.map((one) => (one.cameraId === place.cameraId ? place : one)));
  const put = (cameraId: string): void => {
    write([...places, { cameraId, x: 0.5, y: 0.5, direction: 0, angle: 90 }]);
    setSelected(cameraId);
  };
  return (
    <div className="plan-layout">
      <div>
        <PlanCanvas plan={plan} places={places} cameras={byId} selected={selected} select={setSelected} change={manages ? change : null} />
      </div>
      <div className="plan-side">
        {save.error !== null && <RefusalBanner error={save.error} />}
        {manages && (
          <div className="form-acts">
            <Button type="primary" disabled={saved} loading={save.isPending} onClick={() => save.mutate({ params: { planId: plan.planId }, body: { places: [...places] } }, { onSuccess: () => setSaved(true) })}>{t('register.plan.save')}</Button>
            <Button onClick={() => setRemoving(true)}>{t('register.plan.remove')}</Button>
            <span className="dim" role="status">{saved ? (save.isSuccess ? t('register.plan.saved') : '') : t('register.plan.unsaved')}</span>
          </div>
        )}
        <SelectedCamera camera={byId.get(selected ?? '')} place={places.find(({ cameraId }) => cameraId === selected)} watches={watches} change={manages ? change : null} takeOff={() => write(places.filter(({ cameraId }) => cameraId !== selected))} />
        <CamerasBeside cameras={cameras} placed={new Set(places.map(({ cameraId }) => cameraId))} select={setSelected} put={manages ? put : null} />
      </div>
      {removing && <ConfirmAct title={t('register.plan.removeTitle', { name: plan.name })} text={t('register.plan.removeText')} actText={t('register.plan.remove')} withReason={false} danger act={() => remove.mutateAsync({ params: { planId: plan.planId } })} close={() => setRemoving(false)} />}
    </div>
  );
};

const NewPlan = () => {
  const { t } = useTranslation('cameras');
  const [name, setName] = useState('');
  const add = useAct(addPlan, [listPlans.path]);
  return (
    <Panel title={t('register.plan.add')}>
      {add.error !== null && <RefusalBanner error={add.error} />}
      {add.isSuccess && <Notice>{t('register.plan.saved')}</Notice>}
      <div className="form-acts">
        <Input value={name} maxLength={64} style={{ maxWidth: 280 }} aria-label={t('register.plan.name')} placeholder={t('register.plan.nameHint')} onChange={(event) => setName(event.target.value)} />
        <PictureChoice text={t('register.plan.choose')} disabled={name.trim() === '' || add.isPending} chosen={(picture) => add.mutate({ body: { name: name.trim(), picture } }, { onSuccess: () => setName('') })} />
      </div>
    </Panel>
  );
};

export default PlanPage;
