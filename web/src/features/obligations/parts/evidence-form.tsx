/** The evidence form to fill in. What is signed stands in full above the button; what was typed survives refusals, reloads and other people being first. */
import { useEffect, useRef, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { beginObligation, submitObligation } from '../../../../../contract/obligations.ts';
import type { ObligationView } from '../../../../../contract/obligations.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { faultsOf } from '../../../ui/fault-paths.ts';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';
import { answersFor, dropDraft, emptyAnswer, isAbnormal, isAnswered, keepDraft, readDraft } from './draft.ts';
import { FormItem } from './form-field.tsx';
import { SelfCheck } from './self-check.tsx';

/** With the first answer others see who is at it. Should that fail, the form is filled in all the same. */
const useBegin = (one: ObligationView): (() => void) => {
  const { person } = useSession();
  const told = useRef(false);
  const { mutate } = useAct(beginObligation, ['/api/obligations']);
  return () => {
    if (told.current || one.can['submit'] !== true || one.begun?.by.personId === person.personId) return;
    told.current = true;
    mutate({ params: { obligationId: one.obligationId } });
  };
};

export const EvidenceForm = ({ one, submitted }: { one: ObligationView; submitted: (findings: number) => void }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const { person, site } = useSession();
  const [draft, setDraft] = useState(() => readDraft(localStorage, one.obligationId, person.personId));
  const [lateReason, setLateReason] = useState('');
  const submit = useAct(submitObligation, ['/api/obligations']);
  const banner = useRef<HTMLDivElement>(null);
  useEffect(() => keepDraft(localStorage, one.obligationId, person.personId, draft), [draft, one.obligationId, person.personId]);
  useEffect(() => {
    if (submit.error !== null) banner.current?.scrollIntoView({ block: 'center' });
  }, [submit.error]);
  const begin = useBegin(one);
  const { fields } = one.form;
  const faults = faultsOf(submit.error);
  const faultAt = (path: string) => faults.find((fault) => fault.path === path);
  const can = one.can['submit'];
  const needsReason = one.state === 'overdue';
  const go = (): void =>
    submit.mutate(
      { params: { obligationId: one.obligationId }, body: { formDigest: one.form.digest, answers: answersFor(fields, draft), lateReason } },
      {
        onSuccess: ({ findings }) => {
          dropDraft(localStorage, one.obligationId, person.personId);
          submitted(findings);
        },
      },
    );
  return (
    <Panel title={can === true ? t('form.items') : t('form.kept')}>
      <form
        className="evidence-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div ref={banner}>
          {submit.error !== null && <RefusalBanner error={submit.error} />}
          {one.begun !== null && one.begun.by.personId !== person.personId && can === true && (
            <Notice priority="medium">{t('begunOther', { name: one.begun.by.name, time: clockText(one.begun.at, site.timeZone) })}</Notice>
          )}
          {can !== true && can !== undefined && submit.error === null && <Notice priority="medium">{t('form.cannot', { why: say(can) })}</Notice>}
        </div>
        {can === true && (
          <SelfCheck
            one={one}
            draft={draft}
            fill={(answers) => {
              begin();
              // What was typed meanwhile stays.
              setDraft((before) => ({ ...answers, ...before }));
            }}
          />
        )}
        <ol className="form-items">
          {fields.map((field) => (
            <FormItem
              key={field.key}
              obligationId={one.obligationId}
              field={field}
              answer={draft[field.key]}
              fault={faultAt(`answers.${field.key}`)}
              change={(make) => {
                begin();
                setDraft((before) => ({ ...before, [field.key]: make(before[field.key] ?? emptyAnswer) }));
              }}
            />
          ))}
        </ol>
        {needsReason && (
          <div className="reason">
            <p>{t('form.lateText')}</p>
            <label htmlFor="late-reason">{t('form.lateReason')}</label>
            <textarea id="late-reason" rows={2} maxLength={500} value={lateReason} aria-invalid={faultAt('lateReason') !== undefined} onChange={(event) => setLateReason(event.target.value)} />
            {faultAt('lateReason') !== undefined && <p className="fault">{say(faultAt('lateReason') ?? { zh: '', en: '' })}</p>}
          </div>
        )}
        <p className="form-sign">
          {t('form.sign', { name: person.name, form: say(one.form.title), version: one.form.version, count: fields.length, filled: fields.filter((field) => isAnswered(field, draft[field.key])).length, bad: fields.filter((field) => isAbnormal(field, draft[field.key])).length })}
        </p>
        <div className="form-acts">
          <Button type="primary" htmlType="submit" size="large" loading={submit.isPending} disabled={can !== true}>
            {t('form.submit')}
          </Button>
          <span className="dim">{one.stepUp ? `${t('form.draftKept')} ${t('form.stepUp')}` : t('form.draftKept')}</span>
        </div>
      </form>
    </Panel>
  );
};
