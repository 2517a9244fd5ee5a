/** How far the verification of all footage is, what the last one found, and each file that failed. */
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { storageScreen } from '../../../../../contract/storage.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Facts, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { momentText, sizeText } from '../../../ui/time-format.ts';

type Verification = z.output<typeof storageScreen.response>['verification'];

export const VerifyPanel = ({ verification }: { verification: Verification }) => {
  const { t } = useTranslation('storage');
  const { timeZone } = useSession().site;
  const { cycleDays, began, ended, due, files, filesOfCycle, sizeBytes, bytesOfCycle, last } = verification;
  return (
    <Panel title={t('verify.title')}>
      <p className="dim">{t('verify.about', { days: cycleDays })}</p>
      {began === null && <p>{t('verify.none')}</p>}
      {began !== null && ended === null && (
        <>
          <p>{t('verify.progress', { files, of: filesOfCycle, bytes: sizeText(sizeBytes), bytesOf: sizeText(bytesOfCycle) })}</p>
          <progress className="storage-progress" max={Math.max(1, bytesOfCycle)} value={sizeBytes} aria-label={t('verify.progressLabel')} />
          <Facts rows={[[t('verify.began'), momentText(began, timeZone)], [t('verify.due'), due === null ? '–' : momentText(due, timeZone)]]} />
        </>
      )}
      {ended !== null && due !== null && <p>{t('verify.resting', { at: momentText(due, timeZone) })}</p>}
      {last !== null && (
        <Facts
          rows={[
            [
              t('verify.last'),
              <span key="last">
                {t('verify.lastText', { at: momentText(last.ended, timeZone), files: last.files, size: sizeText(last.sizeBytes) })} <Found count={last.found} />
              </span>,
            ],
          ]}
        />
      )}
      {verification.damaged.length > 0 && <Damaged verification={verification} />}
    </Panel>
  );
};

const Found = ({ count }: { count: number }) => {
  const { t } = useTranslation('storage');
  if (count === 0) return <NormalMark>{t('verify.clean')}</NormalMark>;
  return (
    <span className="nowrap">
      <PriorityMark priority="high" /> {t('verify.found', { found: count })}
    </span>
  );
};

const Damaged = ({ verification: { damaged } }: { verification: Verification }) => {
  const { t } = useTranslation('storage');
  const say = useSay();
  const { timeZone } = useSession().site;
  return (
    <>
      <h3>{t('verify.damaged')}</h3>
      <DataTable
        caption={t('verify.damagedCaption')} rows={damaged} rowKey={({ segmentId }) => segmentId} empty={null} error={null}
        columns={[
          { key: 'camera', title: t('verify.camera'), render: ({ camera }) => camera, order: ({ camera }) => camera },
          { key: 'span', title: t('verify.span'), render: ({ from, until }) => `${momentText(from, timeZone)} – ${momentText(until, timeZone)}`, order: ({ from }) => from },
          { key: 'what', title: t('verify.what'), render: ({ what }) => say(what) },
          { key: 'storage', title: t('verify.storage'), render: ({ storage }) => <span className="storage-path">{storage}</span> },
          { key: 'foundAt', title: t('verify.foundAt'), render: ({ foundAt }) => momentText(foundAt, timeZone), order: ({ foundAt }) => foundAt },
        ]}
      />
    </>
  );
};
