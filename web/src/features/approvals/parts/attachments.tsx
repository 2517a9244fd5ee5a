/** Files that belong to a request: chosen, sent at once and kept by their hash; shown as links where they are read. */
import { useId, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { file as fileEndpoint, keepFile, type Attachment } from '../../../../../contract/approvals.ts';
import { addressOf, call } from '../../../app/client.ts';
import { RefusalBanner } from '../../../ui/states.tsx';

const sizeText = (bytes: number): string => (bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
};

export const AttachmentsField = ({ files, set }: { files: readonly Attachment[]; set: (change: (files: readonly Attachment[]) => Attachment[]) => void }) => {
  const { t } = useTranslation('approvals');
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (chosen: FileList | null): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      for (const one of chosen ?? []) {
        const kept = await call(keepFile, { body: { name: one.name.slice(-200), content: await base64Of(one) } });
        set((before) => [...before.filter(({ sha256 }) => sha256 !== kept.sha256), kept]);
      }
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="approval-files">
      <span id={`${id}-title`}>{t('files.title')}</span>
      {error !== null && <RefusalBanner error={error} />}
      {files.length > 0 && (
        <ul aria-labelledby={`${id}-title`}>
          {files.map((one) => (
            <li key={one.sha256}>
              {one.name} <span className="dim">{sizeText(one.sizeBytes)}</span>{' '}
              <Button type="text" size="small" onClick={() => set((before) => before.filter(({ sha256 }) => sha256 !== one.sha256))}>
                {t('files.remove')}
                <span className="only-read"> {one.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        className="only-read"
        type="file"
        multiple
        accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx"
        disabled={busy || files.length >= 10}
        onChange={(event) => {
          const { files: chosen } = event.target;
          void take(chosen).then(() => {
            event.target.value = '';
          });
        }}
      />
      <label htmlFor={id} className="approval-link">
        {busy ? t('files.sending') : t('files.add')}
      </label>
      <p className="dim">{t('files.hint')}</p>
    </div>
  );
};

export const AttachmentLinks = ({ approvalId, files }: { approvalId: string; files: readonly Attachment[] }) => (
  <ul className="approval-file-list">
    {files.map(({ name, sha256, sizeBytes }) => (
      <li key={sha256}>
        <a href={addressOf(fileEndpoint.path, { approvalId, sha256 })} download={name}>
          {name}
        </a>{' '}
        <span className="dim">{sizeText(sizeBytes)}</span>
      </li>
    ))}
  </ul>
);
