/** What this person can do with a request: the two decisions first, the other ways beside them; each with its reason when it cannot be done. */
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { remind, revoke, withdraw, type ApprovalView } from '../../../../../contract/approvals.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths, useAct } from '../../../app/queries.ts';
import { useQueryClient } from '@tanstack/react-query';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { HandOnDialog, ReturnDialog } from './way-dialogs.tsx';

type Open = 'approve' | 'reject' | 'return' | 'transfer' | 'assign' | 'withdraw' | 'revoke' | null;

const no = { zh: '现在不能这样做。', en: 'That cannot be done now.' };

/** An act that does not concern this person at all is not shown: a row of dead buttons helps nobody. */
const shownFor = (one: ApprovalView, mine: boolean): readonly Exclude<Open, null>[] => {
  const can = (act: string): boolean => one.can[act] === true;
  const { state } = one;
  if (state === 'approved' || state === 'in_use') return can('revoke') ? ['revoke'] : [];
  if (state === 'returned') return mine ? ['withdraw'] : [];
  if (state !== 'pending') return [];
  return mine ? ['withdraw'] : ['approve', 'reject', 'return', 'transfer', ...(can('assign') ? (['assign'] as const) : [])];
};

export const Acts = ({ one, mine }: { one: ApprovalView; mine: boolean }) => {
  const { t } = useTranslation('approvals');
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const reminding = useAct(remind, ['/api/approvals']);
  const close = (): void => setOpen(null);
  const shown = shownFor(one, mine);
  const params = { approvalId: one.approvalId };
  if (shown.length === 0 && one.state !== 'pending' && !(mine && one.state === 'returned')) return null;
  return (
    <div className="approval-acts" role="group" aria-label={t('act.group')}>
      {shown.map((act) => (
        <ActButton key={act} can={one.can[act] ?? no} type={act === 'approve' ? 'primary' : 'default'} danger={act === 'reject' || act === 'revoke'} onClick={() => setOpen(act)}>
          {t(`act.${act}`)}
        </ActButton>
      ))}
      {mine && one.state === 'returned' && (
        <ActButton can={one.can['resubmit'] ?? no} type="primary" onClick={() => void navigate({ to: '/approvals/ask', search: { again: one.approvalId } })}>
          {t('act.resubmit')}
        </ActButton>
      )}
      {one.state === 'pending' && (
        <ActButton can={one.can['remind'] ?? no} loading={reminding.isPending} onClick={() => reminding.mutate({ params })}>
          {t('act.remind')}
        </ActButton>
      )}
      {reminding.isSuccess && <Notice>{t('act.reminded')}</Notice>}
      {reminding.error !== null && <RefusalBanner error={reminding.error} />}
      <Dialogs one={one} open={open} close={close} />
    </div>
  );
};

const Dialogs = ({ one, open, close }: { one: ApprovalView; open: Open; close: () => void }) => {
  const { t } = useTranslation('approvals');
  const client = useQueryClient();
  const params = { approvalId: one.approvalId };
  const done = (): Promise<void> => invalidatePaths(client, ['/api/approvals']);
  switch (open) {
    case 'approve': case 'reject': return <DecideDialog one={one} decision={open} close={close} />;
    case 'return': return <ReturnDialog one={one} close={close} />;
    case 'transfer': case 'assign': return <HandOnDialog one={one} how={open} close={close} />;
    case 'withdraw':
      return <ConfirmAct title={t('act.withdraw')} text={t('act.withdrawText')} actText={t('act.withdraw')} withReason act={async (reason) => call(withdraw, { params, body: { reason } }).then(done)} close={close} />;
    case 'revoke':
      return <ConfirmAct title={t('act.revoke')} text={t('act.revokeText')} actText={t('act.revoke')} withReason danger act={async (reason) => call(revoke, { params, body: { reason } }).then(done)} close={close} />;
    default: return null;
  }
};
