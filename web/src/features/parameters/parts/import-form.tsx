/** Takes a pack in from a file or pasted text; a fault is told with its line, and what was given stays. */
import { useState } from 'react';
import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { importPack } from '../../../../../contract/parameters.ts';
import { useAct } from '../../../app/queries.ts';
import { faultsOf } from '../../../ui/fault-paths.ts';
import { useSay } from '../../../ui/say.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';

export const ImportForm = () => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const [text, setText] = useState('');
  const [own, setOwn] = useState(false);
  const [reason, setReason] = useState('');
  const take = useAct(importPack, ['/api/parameters', '/api/approvals']);
  const read = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) setText(await file.text());
  };
  const faults = faultsOf(take.error).filter((fault) => fault.path.startsWith('text:'));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate({ body: { text, own, reason } });
      }}
    >
      <p className="dim">{t('packs.importHint')}</p>
      {take.error !== null && <RefusalBanner error={take.error} />}
      {faults.length > 1 && <ul>{faults.map((fault) => <li key={fault.path}>{say(fault)}</li>)}</ul>}
      {take.data !== undefined && <Notice>{take.data.approvalId === null ? t('packs.imported', { name: take.data.packId, version: take.data.version }) : t('packs.asked')}</Notice>}
      <p><label>{t('packs.file')} <input type="file" accept=".yaml,.yml" onChange={(event) => void read(event.target.files?.[0])} /></label></p>
      <Input.TextArea className="pack-text" aria-label={t('packs.text')} rows={12} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
      <p><Checkbox checked={own} onChange={(event) => setOwn(event.target.checked)}>{t('packs.own')}</Checkbox></p>
      {own && <p><Input aria-label={t('packs.reason')} placeholder={t('packs.reason')} value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} /></p>}
      <Button type="primary" htmlType="submit" loading={take.isPending} disabled={text.trim() === ''}>{t('packs.importAct')}</Button>
    </form>
  );
};
