/** The selected alarm: its trail, and the two acts on it. What was typed stays when an act is refused. */
import { useEffect, useId, useRef, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { acknowledgeAlarm, alarmTrail, closeAlarm } from '../../../../../contract/notifications.ts';
import type { AlarmView } from '../../../../../contract/notifications.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { KeyHint } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { notificationVerbs } from '../verbs.ts';
import { Trail } from './alarm-trail.tsx';
import { Shelving } from './shelving.tsx';
import { useAlarms } from './use-alarms.ts';
import { Findings, findingsOf, noFindings } from './findings.tsx';

const changed = ['/api/notifications', '/api/duty'];

export const AlarmDetail = ({ alarm, focusAt }: { alarm: AlarmView; /** Counts up when the acknowledge key was pressed. */ focusAt: number }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const { site } = useSession();
  const seesTrail = useCan(notificationVerbs.history) === true;
  const trail = useEndpoint(alarmTrail, { params: { alarmId: alarm.alarmId } }, { enabled: seesTrail, refetchMs: 10_000 });
  return (
    <section className="alarm-detail" aria-labelledby="alarm-detail">
      <h2 id="alarm-detail">{say(alarm.title)}</h2>
      <p className="alarm-detail-what">{say(alarm.sentence)}</p>
      <p className="dim tabular">
        {momentText(alarm.raisedAt, site.timeZone)}{' '}
        {alarm.cameraId !== null && (
          <Link to={'/playback'} search={{ camera: alarm.cameraId, at: String(alarm.raisedAt) }}>
            {t('camera')}
          </Link>
        )}
      </p>
      {alarm.unreachedAt !== null && (
        <Notice priority="high">
          <strong>{t('unreached')}</strong> {t('unreachedText')}
        </Notice>
      )}
      <Acts key={alarm.alarmId} alarm={alarm} focusAt={focusAt} />
      {trail.error !== null && <RefusalBanner error={trail.error} />}
      {trail.data !== undefined && <Trail steps={trail.data.steps} notices={trail.data.notices} />}
    </section>
  );
};

const Acts = ({ alarm, focusAt }: { alarm: AlarmView; focusAt: number }) => {
  const { t } = useTranslation('notifications');
  const verb = useCan(notificationVerbs.acknowledge);
  const { query } = useAlarms();
  // Where the room wants whoever acknowledges on post, the list says why not.
  const mayAcknowledge = query.data?.can['acknowledge'] ?? verb;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<'real' | 'false'>('real');
  const [findings, setFindings] = useState(noFindings);
  const { site } = useSession();
  const acknowledge = useAct(acknowledgeAlarm, changed);
  const close = useAct(closeAlarm, changed);
  useEffect(() => {
    if (focusAt > 0) field.current?.focus();
  }, [focusAt]);
  const done = { onSuccess: () => setText('') };
  const params = { alarmId: alarm.alarmId };
  const error = acknowledge.error ?? close.error;
  const detailed = alarm.class === 'fire' && verdict === 'false';
  return (
    <div className="alarm-acts">
      {error !== null && <RefusalBanner error={error} />}
      <label htmlFor={id}>{t('text')}</label>
      <textarea id={id} ref={field} rows={3} maxLength={2_000} value={text} aria-describedby={`${id}-hint`} onChange={(event) => setText(event.target.value)} />
      <p id={`${id}-hint`} className="dim">
        {t('textHint')}
      </p>
      <div className="alarm-buttons">
        {alarm.state === 'waiting' && (
          <ActButton type="primary" can={mayAcknowledge} loading={acknowledge.isPending} onClick={() => acknowledge.mutate({ params, body: { text } }, done)}>
            <KeyHint keyName="F8" /> {t('acknowledge')}
          </ActButton>
        )}
        <fieldset className="alarm-verdict">
          <legend>{t('verdict')}</legend>
          {(['real', 'false'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name={`${id}-verdict`} checked={verdict === one} onChange={() => setVerdict(one)} /> {t(one)}
            </label>
          ))}
        </fieldset>
        <ActButton can={alarm.closable ? verb : { zh: t('notClosable', { lng: 'zh-CN' }), en: t('notClosable', { lng: 'en' }) }} loading={close.isPending} onClick={() => close.mutate({ params, body: { verdict, text, ...(detailed ? { findings: findingsOf(findings, site.timeZone) } : {}) } }, done)}>
          {t('close')}
        </ActButton>
      </div>
      <Shelving alarm={alarm} text={text} done={() => setText('')} />
      {detailed && <Findings values={findings} set={setFindings} />}
    </div>
  );
};
