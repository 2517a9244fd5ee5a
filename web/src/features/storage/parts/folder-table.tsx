/** The storages with their fill and what an administrator may do with each. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { emptyStorage, keepStorage, retireStorage, storageScreen } from '../../../../../contract/storage.ts';
import type { StorageView } from '../../../../../contract/storage.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { sizeText } from '../../../ui/time-format.ts';
import { AddStorage } from './add-storage.tsx';
import { WeighStorage } from './weigh-storage.tsx';

type Asked = { what: 'empty' | 'keep' | 'retire' | 'weigh'; storage: StorageView };

export const FolderTable = ({ storages }: { storages: readonly StorageView[] }) => {
  const { t } = useTranslation('storage');
  const manage = useCan('video.storages.manage');
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Panel title={t('folders.title')} acts={<ActButton can={manage} type="primary" onClick={() => setAdding(true)}>{t('add.open')}</ActButton>}>
      <DataTable
        caption={t('folders.caption')} rows={storages} rowKey={({ storageId }) => storageId} empty={<Empty what={t('folders.empty')} />} error={null} dimmed={({ state }) => state === 'retired'}
        columns={[
          { key: 'path', title: t('folders.path'), render: ({ path }) => <span className="storage-path">{path}</span> },
          { key: 'state', title: t('folders.state'), render: (storage) => <State storage={storage} /> },
          { key: 'fill', title: t('folders.fill'), render: (storage) => <Fill storage={storage} /> },
          { key: 'footage', title: t('folders.footage'), render: ({ footageBytes, segments }) => t('folders.footageText', { size: sizeText(footageBytes), segments }) },
          { key: 'weight', title: t('folders.weight'), render: ({ weight }) => weight, numeric: true },
          { key: 'cameras', title: t('folders.cameras'), render: ({ cameras }) => cameras, numeric: true },
          ...(manage === true ? [{ key: 'acts', title: t('folders.acts'), render: (storage: StorageView) => <Acts storage={storage} ask={setAsked} /> }] : []),
        ]}
      />
      {adding && <AddStorage close={() => setAdding(false)} />}
      {asked?.what === 'weigh' && <WeighStorage storage={asked.storage} close={() => setAsked(null)} />}
      {asked !== null && asked.what !== 'weigh' && <Confirm what={asked.what} storage={asked.storage} close={() => setAsked(null)} />}
    </Panel>
  );
};

const State = ({ storage: { state, usable, fault, segments, stuck } }: { storage: StorageView }) => {
  const { t } = useTranslation('storage');
  const say = useSay();
  return (
    <>
      <span className="storage-state">
        {usable === false && <PriorityMark priority="high" />}
        {usable === false && state !== 'retired' ? t('state.refused') : usable === null && state !== 'retired' ? t('state.waiting') : t(`state.${state}`)}
      </span>
      {fault !== null && <span className="storage-note">{say(fault)}</span>}
      {state === 'emptying' && segments > 0 && <span className="storage-note">{t('moving', { segments })}</span>}
      {stuck > 0 && (
        <span className="storage-note">
          <PriorityMark priority="high" /> {t('stuck', { stuck })}
        </span>
      )}
    </>
  );
};

const Fill = ({ storage: { path, freeBytes, totalBytes } }: { storage: StorageView }) => {
  const { t } = useTranslation('storage');
  if (freeBytes === null || totalBytes === null || totalBytes === 0) return <span className="dim">–</span>;
  const percent = Math.round((1 - freeBytes / totalBytes) * 100);
  return (
    <span className="storage-fill">
      <progress max={100} value={percent} aria-label={t('folders.fillLabel', { path, percent })} />
      <span>{t('folders.fillText', { free: sizeText(freeBytes), total: sizeText(totalBytes) })}</span>
    </span>
  );
};

const Acts = ({ storage, ask }: { storage: StorageView; ask: (asked: Asked) => void }) => {
  const { t } = useTranslation('storage');
  const acts: readonly Asked['what'][] = storage.state === 'in_use' ? ['weigh', 'empty'] : storage.state === 'emptying' ? ['keep', 'retire'] : [];
  return (
    <span className="row-acts">
      {acts.map((what) => (
        <Button key={what} size="small" onClick={() => ask({ what, storage })}>
          {t(`act.${what}`)}
        </Button>
      ))}
    </span>
  );
};

const Confirm = ({ what, storage: { storageId, path }, close }: { what: 'empty' | 'keep' | 'retire'; storage: StorageView; close: () => void }) => {
  const { t } = useTranslation('storage');
  const params = { storageId };
  const empty = useAct(emptyStorage, [storageScreen.path]);
  const keep = useAct(keepStorage, [storageScreen.path]);
  const retire = useAct(retireStorage, [storageScreen.path]);
  const act = (reason: string): Promise<unknown> => (what === 'empty' ? empty.mutateAsync({ params, body: { reason } }) : what === 'keep' ? keep.mutateAsync({ params }) : retire.mutateAsync({ params, body: { reason } }));
  return <ConfirmAct title={t(`${what}.title`, { path })} text={t(`${what}.text`)} actText={t(`${what}.submit`)} withReason={what !== 'keep'} act={act} close={close} />;
};
