/** What happened to an alarm, line by line, and by which way each person was told. */
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { noteWords } from '../../../../../contract/alarm-notes.ts';
import type { AlarmStep, NoticeTrail } from '../../../../../contract/notifications.ts';
import { useSession } from '../../../app/session.tsx';
import { useSay } from '../../../ui/say.ts';
import { clockSecondsText } from '../../../ui/time-format.ts';

type Step = z.infer<typeof AlarmStep>;
type Notice = z.infer<typeof NoticeTrail>;

export const Trail = ({ steps, notices }: { steps: readonly Step[]; notices: readonly Notice[] }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const { site } = useSession();
  const time = (at: number): string => clockSecondsText(at, site.timeZone);
  return (
    <>
      <h3>{t('trail')}</h3>
      <ol className="trail tabular">
        {steps.map((step) => (
          <li key={step.number} className={step.what === 'unreached' ? 'trail-unreached' : undefined}>
            <time>{time(step.at)}</time>
            <span>
              <strong>{t(`step.${step.what}`, { target: step.target })}</strong> {step.by ?? t('system')}
              {step.text !== '' && <q>{say(noteWords(step.text))}</q>}
              {step.told.length > 0 && <span className="dim"> {t('told', { names: step.told.join(', ') })}</span>}
              {/* A sweep comes within seconds: only a server that was down is late. */}
              {step.lateMs >= (step.what === 'acknowledged' ? 1 : 60_000) && <span className="trail-late"> {t('late', { minutes: Math.ceil(step.lateMs / 60_000) })}</span>}
            </span>
          </li>
        ))}
      </ol>
      {notices.length > 0 && (
        <ul className="trail-notices tabular">
          {notices.map((notice) => (
            <li key={notice.noticeId}>
              {time(notice.madeAt)} {notice.person} · {notice.seenAt === null ? t('notSeen') : t('seen')}
              {notice.deliveries.map(({ channel, state, attempts }) => (
                <span key={channel} className={state === 'failed' ? 'trail-late' : 'dim'}>
                  {' '}
                  {t(`delivery.${channel}`)} {t(`deliveryState.${state}`)}
                  {state !== 'delivered' && attempts.length > 0 ? ` (${attempts.at(-1)?.detail ?? ''})` : ''}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
