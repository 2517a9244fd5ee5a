/** The files of an item while an order to view it holds: footage plays here under a watermark, other files are taken out. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { itemMedia, type openItem } from '../../../../../contract/evidence-archive.ts';
import { addressOf } from '../../../app/client.ts';
import { useSession } from '../../../app/session.tsx';
import { clockSecondsText } from '../../../ui/time-format.ts';
import { useWatermark } from '../../video/parts/watermark.tsx';

type Opened = z.output<typeof openItem.response>;

export const ArchiveOpen = ({ opened }: { opened: Opened }) => {
  const { t } = useTranslation('archive');
  const mark = useWatermark();
  const { site } = useSession();
  const [shown, setShown] = useState(opened.files[0]?.number ?? 1);
  const file = opened.files.find(({ number }) => number === shown);
  const address = (number: number): string => addressOf(itemMedia.path, { openingId: opened.openingId, number: String(number) }, {});
  return (
    <div className="archive-open">
      {file !== undefined && file.from !== null && (
        <div className="archive-film">
          {/* Footage of a camera has no words to caption. */}
          <video key={address(file.number)} src={address(file.number)} controls controlsList="nodownload" disablePictureInPicture aria-label={file.name} />
          <span className="archive-mark" aria-hidden="true">{mark} · {opened.watermark.split(' · ').at(-1)}</span>
        </div>
      )}
      <div className="footage-buttons">
        {opened.files.map(({ number, name, from }) =>
          from === null
            ? <a key={number} className="footage-link" href={address(number)} download>{t('item.save')} {name}</a>
            : <button key={number} type="button" className="footage-link" aria-pressed={number === shown} onClick={() => setShown(number)}>{clockSecondsText(from, site.timeZone)}</button>,
        )}
      </div>
    </div>
  );
};
