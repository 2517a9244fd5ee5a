/** The answer as a file, with the reason that is kept. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportActs } from '../../../../../contract/audit.ts';
import { callBytes } from '../../../app/client.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { auditVerbs } from '../verbs.ts';
import { askedOf } from './act-question.ts';
import type { ActQuestion } from './act-question.ts';

export const ExportActs = ({ question }: { question: ActQuestion }) => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  const can = useCan(auditVerbs.exported);
  const [format, setFormat] = useState<'csv' | 'json' | null>(null);
  const save = async (reason: string): Promise<void> => {
    if (format === null) return;
    const bytes = await callBytes(exportActs, { body: { question: askedOf(question, timeZone), format, reason } });
    saveFile(bytes, `vigil-acts.${format}`, format === 'csv' ? 'text/csv' : 'application/json');
  };
  return (
    <>
      <ActButton can={can} onClick={() => setFormat('csv')}>
        {t('audit.exportCsv')}
      </ActButton>
      <ActButton can={can} onClick={() => setFormat('json')}>
        {t('audit.exportJson')}
      </ActButton>
      {format !== null && <ConfirmAct title={t('audit.export')} text={t('audit.exportText')} actText={t('audit.export')} withReason act={save} close={() => setFormat(null)} />}
    </>
  );
};
