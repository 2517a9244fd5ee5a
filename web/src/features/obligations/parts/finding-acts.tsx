/** What is done about a finding: somebody is named with a deadline; it is closed with how and with which result. What was typed stays when it is refused. */
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { chargeFinding, closeFinding, FindingOutcome } from '../../../../../contract/obligations.ts';
import type { FindingView } from '../../../../../contract/obligations.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { faultsOf } from '../../../ui/fault-paths.ts';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';

const changed = ['/api/obligations', '/api/notifications/notices'];
const dayMs = 86_400_000;
const spans = [1, 3, 7, 14, 30] as const;

const Sheet = ({ title, text, error, actText, pending, disabled, go, close, children }: {
  title: string; text: string; error: Error | null; actText: string; pending: boolean; disabled: boolean; go: () => void; close: () => void; children: ReactNode;
}) => {
  const { t } = useTranslation('ui');
  return (
    <Modal open title={title} footer={null} onCancel={close} mask={{ closable: false }}>
      <form
        className="finding-sheet"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {error !== null && <RefusalBanner error={error} />}
        <p>{text}</p>
        {children}
        <div className="form-acts task-dialog-acts">
          <Button type="primary" htmlType="submit" loading={pending} disabled={disabled}>{actText}</Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </div>
      </form>
    </Modal>
  );
};

export const CloseFinding = ({ finding, close }: { finding: FindingView; close: () => void }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const id = useId();
  const [outcome, setOutcome] = useState<FindingOutcome>('handled');
  const [result, setResult] = useState('');
  const act = useAct(closeFinding, changed);
  const fault = faultsOf(act.error).find(({ path }) => path === 'result');
  const go = (): void => act.mutate({ params: { findingId: finding.findingId }, body: { result, outcome } }, { onSuccess: close });
  return (
    <Sheet title={`${t('findings.close')} · ${say(finding.what)}`} text={t('findings.closeText')} error={act.error} actText={t('findings.close')} pending={act.isPending} disabled={false} go={go} close={close}>
      <div className="reason">
        <label htmlFor={`${id}-how`}>{t('findings.outcome')}</label>
        <select id={`${id}-how`} value={outcome} onChange={(event) => setOutcome(FindingOutcome.parse(event.target.value))}>
          {FindingOutcome.options.map((one) => (
            <option key={one} value={one}>{t(`findings.${one}`)}</option>
          ))}
        </select>
        <label htmlFor={`${id}-result`}>{t('findings.resultLabel')}</label>
        <textarea id={`${id}-result`} rows={3} maxLength={1_000} value={result} aria-invalid={fault !== undefined} onChange={(event) => setResult(event.target.value)} />
        {fault !== undefined && <p className="fault">{say(fault)}</p>}
      </div>
    </Sheet>
  );
};

export const ChargeFinding = ({ finding, people, close }: { finding: FindingView; people: readonly { personId: string; name: string }[]; close: () => void }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const id = useId();
  const now = useServerNow(60_000);
  const [personId, setPersonId] = useState(finding.owner?.personId ?? '');
  const [days, setDays] = useState(3);
  const act = useAct(chargeFinding, changed);
  const go = (): void => act.mutate({ params: { findingId: finding.findingId }, body: { personId, dueAt: Math.round(now) + days * dayMs } }, { onSuccess: close });
  return (
    <Sheet title={`${t('findings.chargeTitle')} · ${say(finding.what)}`} text={t('findings.chargeText')} error={act.error} actText={t('findings.give')} pending={act.isPending} disabled={personId === ''} go={go} close={close}>
      <div className="reason">
        <label htmlFor={`${id}-who`}>{t('findings.person')}</label>
        <select id={`${id}-who`} value={personId} onChange={(event) => setPersonId(event.target.value)}>
          <option value="">{t('findings.choose')}</option>
          {people.map((one) => (
            <option key={one.personId} value={one.personId}>{one.name}</option>
          ))}
        </select>
        <label htmlFor={`${id}-when`}>{t('findings.due')}</label>
        <select id={`${id}-when`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {spans.map((count) => (
            <option key={count} value={count}>{t('findings.within', { count })}</option>
          ))}
        </select>
      </div>
    </Sheet>
  );
};
