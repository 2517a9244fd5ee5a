/** The states that every screen has besides its content: empty, loading, refused, no right. Each says what happened and what to do. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from './marks.tsx';
import { useSay } from './say.ts';

interface Said {
  zh: string;
  en: string;
}

/** What a thrown error says to people; anything unknown is a fault of ours and says so. */
export const sentenceOf = (error: unknown): Said => {
  if (typeof error === 'object' && error !== null && 'refusal' in error) {
    const { refusal } = error;
    if (typeof refusal === 'object' && refusal !== null && 'zh' in refusal && 'en' in refusal && typeof refusal.zh === 'string' && typeof refusal.en === 'string')
      return { zh: refusal.zh, en: refusal.en };
  }
  return { zh: '页面出错了。请刷新；若再次出现，请报告系统管理员。', en: 'Something went wrong on this page. Reload it; if it happens again, tell the system administrator.' };
};

/** A refusal stays until it is resolved or closed; it never vanishes by itself. */
export const RefusalBanner = ({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) => {
  const say = useSay();
  const { t } = useTranslation('ui');
  return (
    <div className="banner banner-refusal" role="alert">
      <PriorityMark priority="high" />
      <p>{say(sentenceOf(error))}</p>
      {retry !== undefined && <Button onClick={retry}>{t('again')}</Button>}
    </div>
  );
};

export const Notice = ({ priority = 'information', children }: { priority?: 'high' | 'medium' | 'information'; children: ReactNode }) => (
  <div className={`banner banner-${priority}`} role="status">
    <PriorityMark priority={priority} />
    <div>{children}</div>
  </div>
);

export const Loading = () => {
  const { t } = useTranslation('ui');
  return (
    <p className="state state-loading" role="status">
      {t('loading')}
    </p>
  );
};

/** Nothing here: says what would stand here and what to do about it. */
export const Empty = ({ what, act }: { what: string; act?: ReactNode }) => (
  <div className="state" role="status">
    <p>{what}</p>
    {act}
  </div>
);

/** The page exists and this person may not use it; why, and whom to ask. */
export const NoRight = ({ reason }: { reason: Said }) => {
  const say = useSay();
  const { t } = useTranslation('ui');
  return (
    <section className="state state-no-right">
      <h1>{t('noRight')}</h1>
      <p>{say(reason)}</p>
    </section>
  );
};
