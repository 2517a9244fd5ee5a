/** What the machine has measured for items of this form: shown with its pictures, filled in at a press where nothing was answered yet. The person looks, and signs. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { selfCheck } from '../../../../../contract/health.ts';
import { keepPhoto, type Answer, type ObligationView } from '../../../../../contract/obligations.ts';
import { addressOf, call } from '../../../app/client.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';
import type { Draft } from './draft.ts';
import { shrinkPhoto } from './shrink-photo.ts';

const refetchMs = 30_000;
const mostPhotos = 4;
const stillPath = '/api/health/stills/:sha256';

/** Pictures of what is wrong become photos of the form: they stay with what was signed. */
const photosOf = (obligationId: string, field: string, stills: readonly string[]): Promise<string[]> =>
  Promise.all(stills.slice(0, mostPhotos).map(async (sha256) => {
    const answer = await fetch(addressOf(stillPath, { sha256 }));
    if (!answer.ok) throw new Error('the picture could not be read');
    return (await call(keepPhoto, { params: { obligationId }, body: { field, picture: await shrinkPhoto(await answer.blob()) } })).sha256;
  }));

export const SelfCheck = ({ one, draft, fill }: { one: ObligationView; draft: Draft; fill: (answers: Draft) => void }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const { site } = useSession();
  const sees = useCan('health.see') === true;
  const seesStills = useCan('health.stills.see') === true;
  const told = useEndpoint(selfCheck, {}, { enabled: sees && one.form.form === 'inspection.daily', refetchMs }).data;
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  if (told === undefined || told.form !== one.form.form) return null;
  const asked = new Map(one.form.fields.map((field) => [field.key, field]));
  const items = told.items.filter(({ key }) => asked.has(key));
  const readings = told.readings.filter(({ key }) => asked.has(key));
  const isFree = (key: string): boolean => draft[key] === undefined || (draft[key].value === null && draft[key].note === '' && draft[key].photos.length === 0);
  const free = [...items, ...readings].filter(({ key }) => isFree(key)).length;
  const fillIn = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      const found = await Promise.all(items.filter(({ key }) => isFree(key)).map(async ({ key, inOrder, isTold, words, stills }): Promise<[string, Answer]> => {
        const photos = seesStills ? await photosOf(one.obligationId, key, stills) : [];
        // Nobody is made to say "in order" of what was not measured.
        return [key, { value: inOrder ? (isTold ? true : null) : false, note: t('self.note', { time: clockText(told.at, site.timeZone), words: say(words) }).slice(0, 1_000), photos }];
      }));
      const counted = readings.filter(({ key }) => isFree(key)).map(({ key, value }): [string, Answer] => [key, { value, note: '', photos: [] }]);
      fill(Object.fromEntries([...found, ...counted]));
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="self-check" aria-labelledby="self-check">
      <header>
        <h3 id="self-check">{t('self.title', { time: clockText(told.at, site.timeZone) })}</h3>
        <Button loading={busy} disabled={free === 0} onClick={() => void fillIn()}>{free === 0 ? t('self.filled') : t('self.fill', { count: free })}</Button>
      </header>
      {failed && <RefusalBanner error={{ refusal: { zh: '自检的画面没有读到，请再试。', en: 'A picture of the self-check could not be read. Try again.' } }} />}
      <dl>
        {items.map(({ key, title, words, inOrder, isTold, stills }) => (
          <div key={key}>
            <dt>{say(title)}</dt>
            <dd>
              {!inOrder && <PriorityMark priority="high" />} {say(words)}{inOrder && !isTold && ` · ${t('self.untold')}`}
              {seesStills && stills.length > 0 && <span className="self-check-stills">{stills.slice(0, mostPhotos).map((sha256) => <img key={sha256} src={addressOf(stillPath, { sha256 })} alt={say(title)} />)}</span>}
            </dd>
          </div>
        ))}
        {readings.map(({ key, value }) => <div key={key}><dt>{say(asked.get(key)?.title ?? { zh: '', en: '' })}</dt><dd className="tabular">{value} {asked.get(key)?.unit ?? ''}</dd></div>)}
      </dl>
    </section>
  );
};
