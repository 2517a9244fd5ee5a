/** The organisation as a tree: headquarters, branches, projects, and the rooms in them. */
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SiteProfile } from '../../../../../contract/parameters.ts';
import { Panel } from '../../../ui/page.tsx';
import type { ProfileData } from './profile-rows.tsx';
import { freeKey } from './profile-rows.tsx';
import { inOrder } from './organisation-tree.ts';

type Node = SiteProfile['organisation'][number];
const kinds = ['headquarters', 'branch', 'project'] as const;

export const Organisation = ({ profile, set, data }: { profile: SiteProfile; set: (profile: SiteProfile) => void; data: ProfileData }) => {
  const { t } = useTranslation('parameters');
  const { organisation: nodes } = profile;
  const change = (nodeId: string, more: Partial<Node>): void => set({ ...profile, organisation: nodes.map((node) => (node.nodeId === nodeId ? { ...node, ...more } : node)) });
  const add = (parentId: string | null): void => {
    const nodeId = freeKey('unit', nodes.map((node) => node.nodeId));
    set({ ...profile, organisation: [...nodes, { nodeId, kind: parentId === null ? 'headquarters' : 'branch', name: t('organisation.new'), parentId, roomIds: [] }] });
  };
  /** What hung under it goes up to what it hung under. */
  const remove = (gone: Node): void => set({ ...profile, organisation: nodes.filter((node) => node !== gone).map((node) => (node.parentId === gone.nodeId ? { ...node, parentId: gone.parentId } : node)) });
  const placed = new Set(nodes.flatMap((node) => node.roomIds));
  const left = data.rooms.filter((room) => !placed.has(room.roomId));
  return (
    <Panel title={t('profile.organisation')} acts={<Button onClick={() => add(null)}>{t('profile.add')}</Button>}>
      {nodes.length === 0 && <p>{t('organisation.none')}</p>}
      <ul className="organisation" aria-label={t('profile.organisation')}>
        {inOrder(nodes).map(({ node, depth, below }) => (
          <li key={node.nodeId} style={{ paddingInlineStart: `${Math.min(depth, 6) * 24}px` }}>
            <Select aria-label={`${t('profile.kind')} ${node.name}`} value={node.kind} options={kinds.map((kind) => ({ value: kind, label: t(`organisation.kind.${kind}`) }))} onChange={(kind) => change(node.nodeId, { kind })} />
            <Input aria-label={`${t('organisation.name')} ${node.name}`} value={node.name} maxLength={120} onChange={(event) => change(node.nodeId, { name: event.target.value })} />
            <Select
              aria-label={`${t('organisation.under')} ${node.name}`} value={node.parentId ?? ''} onChange={(parentId) => change(node.nodeId, { parentId: parentId === '' ? null : parentId })}
              options={[{ value: '', label: t('organisation.top') }, ...nodes.filter((other) => other !== node && !below.has(other.nodeId)).map((other) => ({ value: other.nodeId, label: t('organisation.belongs', { name: other.name }) }))]}
            />
            <Select
              mode="multiple" aria-label={`${t('organisation.rooms')} ${node.name}`} placeholder={t('organisation.rooms')} value={node.roomIds} onChange={(roomIds) => change(node.nodeId, { roomIds })}
              options={data.rooms.filter(({ roomId }) => node.roomIds.includes(roomId) || !placed.has(roomId)).map((room) => ({ value: room.roomId, label: room.name }))}
            />
            <span className="rule-acts">
              <Button type="text" onClick={() => add(node.nodeId)} aria-label={`${t('organisation.addUnder')} ${node.name}`}>{t('organisation.addUnder')}</Button>
              <Button type="text" onClick={() => remove(node)} aria-label={`${t('profile.remove')} ${node.name}`}>{t('profile.remove')}</Button>
            </span>
          </li>
        ))}
      </ul>
      {nodes.length > 0 && left.length > 0 && <p className="rule-open">{t('organisation.left', { rooms: left.map((room) => room.name).join('、') })}</p>}
    </Panel>
  );
};
