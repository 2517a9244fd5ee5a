/** Snapshots of the shift that nobody has written about: each with its picture and a line; without them the shift is not signed. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addEntry } from '../../../../../contract/duty.ts';
import { snapshotPicture } from '../../../../../contract/video.ts';
import { addressOf } from '../../../app/client.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';

interface Bare {
  snapshotId: string;
  camera: string;
  takenAt: number;
}

export const BareSnapshots = ({ bare }: { bare: readonly Bare[] }) => {
  const { t } = useTranslation('duty');
  if (bare.length === 0) return null;
  return (
    <section aria-labelledby="duty-bare">
      <h2 id="duty-bare">{t('bare.title')}</h2>
      <ul className="bare">
        {bare.map((one) => (
          <BareSnapshot key={one.snapshotId} one={one} />
        ))}
      </ul>
    </section>
  );
};

const BareSnapshot = ({ one }: { one: Bare }) => {
  const { t } = useTranslation('duty');
  const { site } = useSession();
  const can = useCan(dutyVerbs.write);
  const [text, setText] = useState('');
  const add = useAct(addEntry, ['/api/duty']);
  const said = { camera: one.camera, time: clockText(one.takenAt, site.timeZone) };
  const picture = addressOf(snapshotPicture.path, { snapshotId: one.snapshotId });
  return (
    <li>
      {add.error !== null && <RefusalBanner error={add.error} />}
      <a href={picture} target="_blank" rel="noreferrer">
        <img src={picture} alt={t('bare.alt', said)} />
      </a>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ body: { type: 'event', text, subject: one.snapshotId, eventAt: one.takenAt, report: false } });
        }}
      >
        <label>
          {t('bare.text', said)}
          <input type="text" maxLength={2_000} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <ActButton can={can} htmlType="submit" loading={add.isPending}>{t('bare.save')}</ActButton>
      </form>
    </li>
  );
};
