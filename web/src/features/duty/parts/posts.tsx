/** Who is on post, since when; signing on and off. */
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { signOff, signOn } from '../../../../../contract/duty.ts';
import type { duty } from '../../../../../contract/duty.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { SpanClock } from '../../../ui/marks.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';

type Duty = z.output<typeof duty.response>;

export const Posts = ({ now, view }: { now: number; view: Duty }) => {
  const { t } = useTranslation('duty');
  const { site } = useSession();
  const can = useCan(dutyVerbs.take);
  const on = useAct(signOn, ['/api/duty']);
  const off = useAct(signOff, ['/api/duty']);
  const error = on.error ?? off.error;
  return (
    <section className="duty-posts" aria-labelledby="duty-posts">
      <h2 id="duty-posts">
        <span>{t('post.title')}</span>
        {view.shift !== null && <span className="tabular">{t('post.shift', { number: view.shift.number, time: momentText(view.shift.openedAt, site.timeZone).slice(0, 11) })}</span>}
      </h2>
      {error !== null && <RefusalBanner error={error} />}
      {view.posts.map((post) => (
        <div key={post.postId} className="duty-post">
          <h3>{post.name}</h3>
          {post.holders.length === 0 && <p className="entry-late">{t('post.nobody')}</p>}
          <ul>
            {post.holders.map((holder) => (
              <li key={holder.personId}>
                <strong>{holder.name}</strong> {holder.signedOn ? <SpanClock from={holder.since} now={now} large /> : <span className="dim">{t('post.notSignedOn')}</span>}
              </li>
            ))}
          </ul>
          {view.me.postIds.includes(post.postId) ? (
            <ActButton can={can} loading={off.isPending} onClick={() => off.mutate({ params: { postId: post.postId } })}>
              {t('post.leave')}
            </ActButton>
          ) : (
            <ActButton can={can} type="primary" loading={on.isPending} onClick={() => on.mutate({ params: { postId: post.postId } })}>
              {t('post.take')}
            </ActButton>
          )}
        </div>
      ))}
    </section>
  );
};
