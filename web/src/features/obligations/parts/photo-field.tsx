/** Photos of one item: taken with the camera of the phone, sent at once, kept in the draft by their hash. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepPhoto, obligationPhoto } from '../../../../../contract/obligations.ts';
import { addressOf, call } from '../../../app/client.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { shrinkPhoto } from './shrink-photo.ts';

export const PhotoField = ({ obligationId, field, title, photos, needed, set }: { obligationId: string; field: string; title: string; photos: readonly string[]; needed: boolean; set: (change: (photos: readonly string[]) => string[]) => void }) => {
  const { t } = useTranslation('obligations');
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (files: FileList | null): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      for (const file of files ?? []) {
        const { sha256 } = await call(keepPhoto, { params: { obligationId }, body: { field, picture: await shrinkPhoto(file) } });
        set((kept) => [...new Set([...kept, sha256])]);
      }
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="photo-field">
      {photos.length > 0 && (
        <ul className="photo-list">
          {photos.map((sha256, index) => (
            <li key={sha256}>
              <img src={addressOf(obligationPhoto.path, { obligationId, sha256 })} alt={`${title} ${t('form.photos', { n: index + 1 })}`} />
              <button type="button" className="link" onClick={() => set((kept) => kept.filter((one) => one !== sha256))}>
                {t('form.remove')}
                <span className="only-read"> {title} {t('form.photos', { n: index + 1 })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        className="only-read"
        type="file"
        accept="image/*"
        capture="environment"
        disabled={busy}
        onChange={(event) => {
          const { files } = event.target;
          void take(files).then(() => {
            event.target.value = '';
          });
        }}
      />
      <label htmlFor={id} className="button-link">
        {busy ? t('form.sending') : t('form.photo')}
        <span className="only-read"> {title}</span>
      </label>
      {needed && photos.length === 0 && <span className="dim"> {t('form.photoNeeded')}</span>}
      {error !== null && <RefusalBanner error={'refusal' in Object(error) ? error : { refusal: { zh: '照片没有上传成功，请再试。', en: 'The photo did not arrive. Try again.' } }} />}
    </div>
  );
};
