/** Lists of the profile that are written row by row: areas, purposes with figures, systems, groups. */
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { SiteProfile, viewProfile } from '../../../../../contract/parameters.ts';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';

export type ProfileData = z.output<(typeof viewProfile)['response']>;
interface Part { profile: SiteProfile; set: (profile: SiteProfile) => void; data: ProfileData }

const replaced = <T,>(list: readonly T[], index: number, one: T): T[] => list.map((old, i) => (i === index ? one : old));
const without = <T,>(list: readonly T[], index: number): T[] => list.filter((_, i) => i !== index);
/** The first number that is free. */
export const freeKey = (prefix: string, taken: readonly string[]): string => {
  let number = taken.length + 1;
  while (taken.includes(`${prefix}_${number}`)) number += 1;
  return `${prefix}_${number}`;
};

export const Areas = ({ profile, set, data }: Part) => {
  const { t } = useTranslation('parameters');
  const { areas } = profile;
  return (
    <Panel title={t('profile.areas')} acts={<Button onClick={() => set({ ...profile, areas: [...areas, { areaId: freeKey('area', areas.map((one) => one.areaId)), name: t('profile.areaName'), cameraIds: [], gap: null }] })}>{t('profile.add')}</Button>}>
      {areas.map((area, index) => (
        <div key={area.areaId} className="profile-row">
          <Input aria-label={`${t('profile.areaName')} ${index + 1}`} value={area.name} maxLength={120} onChange={(event) => set({ ...profile, areas: replaced(areas, index, { ...area, name: event.target.value }) })} />
          <Select mode="multiple" aria-label={`${t('profile.cameras')} ${area.name}`} placeholder={t('profile.cameras')} value={area.cameraIds} options={data.cameras.map((camera) => ({ value: camera.cameraId, label: camera.name }))} onChange={(cameraIds) => set({ ...profile, areas: replaced(areas, index, { ...area, cameraIds }) })} />
          <Input aria-label={`${t('profile.gap')} ${area.name}`} placeholder={t('profile.gap')} value={area.gap ?? ''} maxLength={2000} onChange={(event) => set({ ...profile, areas: replaced(areas, index, { ...area, gap: event.target.value === '' ? null : event.target.value }) })} />
          <Button type="text" aria-label={`${t('profile.remove')} ${area.name}`} onClick={() => set({ ...profile, areas: without(areas, index) })}>{t('profile.remove')}</Button>
        </div>
      ))}
    </Panel>
  );
};

export const Purposes = ({ profile, set, data }: Part) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const { purposes } = profile;
  const offered = data.statedPurposes.filter((one) => !purposes.some(({ clause }) => clause === one.clause));
  const add = (clause: string): void => {
    const stated = data.statedPurposes.find((one) => one.clause === clause);
    if (stated === undefined) return;
    const figures = data.figures.filter((figure) => stated.figures.includes(figure.key)).map(({ key, target, better }) => ({ figure: key, target, better }));
    set({ ...profile, purposes: [...purposes, { clause, zh: stated.zh, en: stated.en, figures }] });
  };
  return (
    <Panel title={t('profile.purposes')} acts={<Select aria-label={`${t('profile.add')} ${t('profile.purpose')}`} placeholder={t('profile.add')} value={null} style={{ minWidth: 220 }} options={offered.map((one) => ({ value: one.clause, label: `${one.clause} ${say(one)}` }))} onChange={(clause: string | null) => clause !== null && add(clause)} />}>
      {purposes.map((purpose, index) => (
        <div key={purpose.clause} className="clause-list">
          <span className="clause-head"><strong>{purpose.clause} {say(purpose)}</strong><Button type="text" aria-label={`${t('profile.remove')} ${purpose.clause}`} onClick={() => set({ ...profile, purposes: without(purposes, index) })}>{t('profile.remove')}</Button></span>
          <Select
            mode="multiple" aria-label={`${t('profile.figures')} ${purpose.clause}`} value={purpose.figures.map((one) => one.figure)} options={data.figures.map((figure) => ({ value: figure.key, label: say(figure) }))}
            onChange={(keys: string[]) => set({ ...profile, purposes: replaced(purposes, index, { ...purpose, figures: data.figures.filter((figure) => keys.includes(figure.key)).map(({ key, target, better }) => purpose.figures.find((one) => one.figure === key) ?? { figure: key, target, better }) }) })}
          />
          {purpose.figures.map((one, i) => {
            const figure = data.figures.find(({ key }) => key === one.figure);
            const name = figure === undefined ? one.figure : say(figure);
            return (
              <span key={one.figure} className="profile-figure">{name} {one.better === 'higher' ? '≥' : '≤'}
                <InputNumber aria-label={`${name} ${purpose.clause}`} value={one.target} onChange={(target) => target !== null && set({ ...profile, purposes: replaced(purposes, index, { ...purpose, figures: replaced(purpose.figures, i, { ...one, target }) }) })} />
              </span>
            );
          })}
        </div>
      ))}
    </Panel>
  );
};

const systemKinds = ['video', 'fire', 'access', 'intrusion', 'power', 'other'] as const;

export const Systems = ({ profile, set }: Part) => {
  const { t } = useTranslation('parameters');
  const { systems } = profile;
  return (
    <Panel title={t('profile.systems')} acts={<Button onClick={() => set({ ...profile, systems: [...systems, { key: freeKey('system', systems.map((one) => one.key)), name: t('profile.systemName'), kind: 'other', link: null }] })}>{t('profile.add')}</Button>}>
      {systems.map((system, index) => (
        <div key={system.key} className="profile-row">
          <Input aria-label={`${t('profile.systemName')} ${index + 1}`} value={system.name} maxLength={120} onChange={(event) => set({ ...profile, systems: replaced(systems, index, { ...system, name: event.target.value }) })} />
          <Select aria-label={`${t('profile.kind')} ${system.name}`} value={system.kind} options={systemKinds.map((kind) => ({ value: kind, label: t(`systemKind.${kind}`) }))} onChange={(kind) => set({ ...profile, systems: replaced(systems, index, { ...system, kind }) })} />
          <Input aria-label={`${t('profile.link')} ${system.name}`} placeholder={t('profile.link')} value={system.link ?? ''} maxLength={240} onChange={(event) => set({ ...profile, systems: replaced(systems, index, { ...system, link: event.target.value === '' ? null : event.target.value }) })} />
          <Button type="text" aria-label={`${t('profile.remove')} ${system.name}`} onClick={() => set({ ...profile, systems: without(systems, index) })}>{t('profile.remove')}</Button>
        </div>
      ))}
    </Panel>
  );
};

const groups = ['monitoring_equipment', 'control_room', 'operating_system'] as const;

export const Groups = ({ profile, set }: Part) => {
  const { t } = useTranslation('parameters');
  const { assetGroups } = profile;
  const named = [...new Set([...groups, ...assetGroups.map((one) => one.key)])];
  const nameOf = (key: string): string => assetGroups.find((one) => one.key === key)?.name ?? (groups.some((one) => one === key) ? t(`group.${key as (typeof groups)[number]}`) : key);
  return (
    <Panel title={t('profile.groups')}>
      <Select mode="multiple" aria-label={t('profile.groups')} style={{ width: '100%' }} value={assetGroups.map((one) => one.key)} options={named.map((key) => ({ value: key, label: nameOf(key) }))} onChange={(keys: string[]) => set({ ...profile, assetGroups: keys.map((key) => ({ key, name: nameOf(key) })) })} />
    </Panel>
  );
};
