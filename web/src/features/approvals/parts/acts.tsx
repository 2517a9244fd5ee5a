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
import { AddDialog, OpineDialog } from './add-dialogs.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { HandOnDialog, ReturnDialog } from './way-dialogs.tsx';

type Way = 'approve' | 'reject' | 'return' | 'transfer' | 'add' | 'opine' | 'assign' | 'withdraw' | 'revoke';
/** With the request as it was when the dialog opened: what the person signs does not change under their hand, and what they typed stays. */
type Open = { way: Way; one: ApprovalView } | null;

const no = { zh: '现在不能这样做。', en: 'That cannot be done now.' };

/** An act that does not concern this person at all is not shown: a row of dead buttons helps nobody. */
const shownFor = (one: ApprovalView, mine: boolean): readonly Way[] => {
  const can = (act: string): boolean => one.can[act] === true;
  const { state } = one;
  if (state === 'approved' || state === 'in_use') return can('revoke') ? ['revoke'] : [];
  if (state === 'returned') return mine ? ['withdraw'] : [];
  if (state !== 'pending') return [];
  if (mine) return ['withdraw'];
  const assigning = can('assign') ? (['assign'] as const) : [];
  const deciding = ['approve', 'reject', 'return', 'transfer', 'add'] as const;
  // Who is asked for an opinion alone sees that one act.
  return can('opine') ? ['opine', ...(can('approve') ? deciding : []), ...assigning] : [...deciding, ...assigning];
};

export const Acts = ({ one, mine }: { one: ApprovalView; mine: boolean }) => {
  const { t } = useTranslation('approvals');
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const reminding = useAct(remind, ['/api/approvals']);
  const close = (): void => setOpen(null);
  const shown = shownFor(one, mine);
  const params = { approvalId: one.approvalId };
  const nothing = shown.length === 0 && one.state !== 'pending' && !(mine && one.state === 'returned');
  // The dialog keeps its place whatever becomes of the buttons: nobody loses what they typed.
  const dialog = open === null ? null : <Dialog one={open.one} way={open.way} close={close} />;
  const buttons = nothing ? null : (
    <div className="approval-acts" role="group" aria-label={t('act.group')}>
      {shown.map((act) => (
        <ActButton key={act} can={one.can[act] ?? no} type={act === 'approve' || act === 'opine' ? 'primary' : 'default'} danger={act === 'reject' || act === 'revoke'} onClick={() => setOpen({ way: act, one })}>
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
    </div>
  );
  return (
    <>
      {buttons}
      {dialog}
    </>
  );
};

const Dialog = ({ one, way, close }: { one: ApprovalView; way: Way; close: () => void }) => {
  const { t } = useTranslation('approvals');
  const client = useQueryClient();
  const params = { approvalId: one.approvalId };
  const done = (): Promise<void> => invalidatePaths(client, ['/api/approvals']);
  switch (way) {
    case 'approve': case 'reject': return <DecideDialog one={one} decision={way} close={close} />;
    case 'return': return <ReturnDialog one={one} close={close} />;
    case 'transfer': case 'assign': return <HandOnDialog one={one} how={way} close={close} />;
    case 'add': return <AddDialog one={one} close={close} />;
    case 'opine': return <OpineDialog one={one} close={close} />;
    case 'withdraw':
      return <ConfirmAct title={t('act.withdraw')} text={t('act.withdrawText')} actText={t('act.withdraw')} withReason act={async (reason) => call(withdraw, { params, body: { reason } }).then(done)} close={close} />;
    case 'revoke':
      return <ConfirmAct title={t('act.revoke')} text={t('act.revokeText')} actText={t('act.revoke')} withReason danger act={async (reason) => call(revoke, { params, body: { reason } }).then(done)} close={close} />;
  }
};
