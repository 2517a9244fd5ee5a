/** The profile as a file: taken out whole, and taken in to the editor, where it is looked at before it is saved. */
import { useId, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SiteProfile } from '../../../../../contract/parameters.ts';
import { useSession } from '../../../app/session.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { Notice } from '../../../ui/states.tsx';
import { fittedTo, profileFile, readProfileFile } from './profile-text.ts';
import type { ProfileData } from './profile-rows.tsx';

export const ProfileFile = ({ profile, data, can, take }: { profile: SiteProfile; data: ProfileData; can: unknown; take: (profile: SiteProfile) => void }) => {
  const { t } = useTranslation('parameters');
  const { site } = useSession();
  const id = useId();
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null);
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const found = readProfileFile(await file.text());
    if ('fault' in found) {
      setSaid({ text: t('profileFile.wrong', { place: found.fault }), wrong: true });
      return;
    }
    const { profile: fitted, dropped } = fittedTo(found.profile, data);
    take(fitted);
    setSaid({ text: t(dropped === 0 ? 'profileFile.taken' : 'profileFile.takenLess', { count: dropped }), wrong: dropped > 0 });
  };
  return (
    <>
      {said !== null && <Notice {...(said.wrong ? { priority: 'medium' } : {})}>{said.text}</Notice>}
      <p className="rule-acts">
        <Button onClick={() => saveFile(new TextEncoder().encode(profileFile(profile, site.name)).buffer, `profile-${data.approved?.version ?? 0}.json`, 'application/json')}>{t('profileFile.out')}</Button>
        {can === true && (
          <>
            <input
              id={id} type="file" className="only-read" accept=".json,application/json"
              onChange={(event) => {
                const { target } = event;
                void read(target.files?.[0]).then(() => {
                  target.value = '';
                });
              }}
            />
            <label htmlFor={id} className="profile-file">{t('profileFile.in')}</label>
          </>
        )}
      </p>
    </>
  );
};
