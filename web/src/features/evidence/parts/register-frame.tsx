/** What both registers share: the span that is asked for, and turning the pages of the sheet. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useServerNow } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { isoDateText } from '../../../ui/time-format.ts';

const monthMs = 30 * 86_400_000;

/** Days of the site's time, a month back at first; `fields` are for the form of the page. */
export const useRegisterSpan = (): { span: { from: number; until: number }; fields: React.ReactNode } => {
  const { t } = useTranslation('evidence');
  const { site } = useSession();
  const now = useServerNow(60_000);
  const today = isoDateText(now, site.timeZone);
  const [first, setFirst] = useState(isoDateText(now - monthMs, site.timeZone));
  const [last, setLast] = useState(today);
  const fields = (
    <>
      <label htmlFor="register-from">{t('register.from')}</label>
      <input id="register-from" className="search" type="date" max={last} value={first} onChange={(event) => setFirst(event.target.value)} />
      <label htmlFor="register-until">{t('register.until')}</label>
      <input id="register-until" className="search" type="date" min={first} max={today} value={last} onChange={(event) => setLast(event.target.value)} />
    </>
  );
  return { span: { from: dayStart(first, site.timeZone) ?? 0, until: dayEnd(last, site.timeZone) ?? 0 }, fields };
};

export const RegisterPages = ({ page, pages, go }: { page: number; pages: number; go: (page: number) => void }) => {
  const { t } = useTranslation('evidence');
  if (pages <= 1) return null;
  return (
    <nav className="no-print footage-buttons" aria-label={t('register.pages')}>
      <Button disabled={page <= 1} onClick={() => go(page - 1)}>{t('register.before')}</Button>
      <Button disabled={page >= pages} onClick={() => go(page + 1)}>{t('register.after')}</Button>
    </nav>
  );
};
