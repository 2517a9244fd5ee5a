/** Open faults, hazards and serious events: each a thread with its steps; the next step is one line away. */
import { useState } from 'react';
import { Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addThreadStep, openFault, openSerious } from '../../../../../contract/duty.ts';
import type { Thread } from '../../../../../contract/duty.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { PriorityMark, SpanClock } from '../../../ui/marks.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';

export const Threads = ({ threads, now }: { threads: readonly Thread[]; now: number }) => {
  const { t } = useTranslation('duty');
  const mayFault = useCan(dutyVerbs.fault);
  const maySerious = useCan(dutyVerbs.serious);
  const [opening, setOpening] = useState<'fault' | 'serious' | null>(null);
  return (
    <section aria-labelledby="duty-threads">
      <h2 id="duty-threads">{t('thread.title')}</h2>
      {threads.length === 0 && <p className="dim">{t('thread.none')}</p>}
      <ul className="threads">
        {threads.map((thread) => (
          <OneThread key={thread.threadId} thread={thread} now={now} />
        ))}
      </ul>
      <p className="duty-buttons">
        <ActButton can={mayFault} onClick={() => setOpening('fault')}>
          {t('thread.report')}
        </ActButton>
        <ActButton can={maySerious} onClick={() => setOpening('serious')}>
          {t('thread.openSerious')}
        </ActButton>
      </p>
      {opening !== null && <Opening kind={opening} close={() => setOpening(null)} />}
    </section>
  );
};

const acts = { serious: ['noted', 'handled', 'reported', 'closed'], fault: ['noted', 'closed'], hazard: ['noted', 'closed'] } as const;

const OneThread = ({ thread, now }: { thread: Thread; now: number }) => {
  const { t } = useTranslation('duty');
  const { site } = useSession();
  const can = useCan(dutyVerbs.fault);
  const [text, setText] = useState('');
  const step = useAct(addThreadStep, ['/api/duty']);
  return (
    <li className="thread">
      <details>
        <summary>
          <PriorityMark priority={thread.kind === 'serious' ? 'critical' : thread.grade === 'A' ? 'high' : 'medium'} />
          <span>
            {t(`thread.${thread.kind}`)} · {thread.what}
          </span>
          <SpanClock from={thread.happenedAt} now={now} />
        </summary>
        <ol className="tabular">
          {thread.steps.map((one, index) => (
            <li key={index} className={one.what === 'overdue' ? 'entry-late' : undefined}>
              {clockText(one.at, site.timeZone)} {t(`thread.${one.what}`)} {one.by} {one.text !== '' && <q>{one.text}</q>}
            </li>
          ))}
        </ol>
        {step.error !== null && <RefusalBanner error={step.error} />}
        <label htmlFor={`step-${thread.threadId}`}>{t('thread.step')}</label>
        <Input id={`step-${thread.threadId}`} value={text} maxLength={2_000} onChange={(event) => setText(event.target.value)} />
        <span className="duty-buttons">
          {acts[thread.kind].map((what) => (
            <ActButton key={what} can={can} loading={step.isPending} onClick={() => step.mutate({ params: { threadId: thread.threadId }, body: { what, text } }, { onSuccess: () => setText('') })}>
              {t(`thread.${what}`)}
            </ActButton>
          ))}
        </span>
      </details>
    </li>
  );
};

const Opening = ({ kind, close }: { kind: 'fault' | 'serious'; close: () => void }) => {
  const { t } = useTranslation('duty');
  const { t: tUi } = useTranslation('ui');
  const fault = useAct(openFault, ['/api/duty']);
  const serious = useAct(openSerious, ['/api/duty']);
  const [what, setWhat] = useState('');
  const [text, setText] = useState('');
  const [grade, setGrade] = useState<'A' | 'B' | 'C' | 'serious' | 'major'>(kind === 'fault' ? 'C' : 'serious');
  const options: { value: typeof grade; label: string }[] = kind === 'fault' ? (['A', 'B', 'C'] as const).map((value) => ({ value, label: t(`thread.${value}`) })) : [{ value: 'serious' as const, label: t('thread.gradeSerious') }, { value: 'major' as const, label: t('thread.gradeMajor') }];
  const send = (): void => {
    if (grade === 'serious' || grade === 'major') serious.mutate({ body: { what, grade, text } }, { onSuccess: close });
    else fault.mutate({ body: { what, grade, text } }, { onSuccess: close });
  };
  const error = fault.error ?? serious.error;
  return (
    <Modal open title={t(kind === 'fault' ? 'thread.report' : 'thread.openSerious')} okText={t('thread.send')} cancelText={tUi('cancel')} okButtonProps={{ disabled: what.trim() === '' }} confirmLoading={fault.isPending || serious.isPending} onOk={send} onCancel={close} mask={{ closable: false }}>
      {error !== null && <RefusalBanner error={error} />}
      <label htmlFor="thread-what">{t('thread.what')}</label>
      <Input id="thread-what" value={what} maxLength={200} autoFocus onChange={(event) => setWhat(event.target.value)} />
      <label htmlFor="thread-grade">{t('thread.grade')}</label>
      <Select id="thread-grade" style={{ width: '100%' }} value={grade} options={options} onChange={setGrade} />
      <label htmlFor="thread-text">{t('thread.text')}</label>
      <Input.TextArea id="thread-text" rows={3} value={text} maxLength={2_000} onChange={(event) => setText(event.target.value)} />
    </Modal>
  );
};
