/** Clauses that an adoption sets aside: which, why, until when it is looked at again; signed with the adoption. Purposes that no figure shows lead here. */
import { useState } from 'react';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AdoptionForm, AdoptionReport } from '../../../../../contract/parameters.ts';
import { useSession } from '../../../app/session.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { isoDateText } from '../../../ui/time-format.ts';
import { clauseText } from '../cite-text.ts';
import { siteInstant } from '../site-instant.ts';

type Waiver = AdoptionForm['waivers'][number];

const plainId = (cite: string): string => cite.split('#').at(-1) ?? cite;

export const PurposesAsked = ({ report, waive }: { report: AdoptionReport; waive: (clauseId: string) => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  return (
    <Panel title={t('adopt.purposes')}>
      <ul className="rule-list">
        {report.purposes.map((one) => {
          const title = report.titles[one.clause];
          return (
            <li key={one.clause}>
              <span className="clause-head"><strong>{say(one)}</strong><span className="rule-small">{title === undefined ? clauseText(plainId(one.clause)) : say(title)}</span></span>
              {one.figures > 0 ? <span>{t('adopt.figures', { count: one.figures })}</span> : (
                <span className="rule-acts">
                  <strong className="rule-open">{t(one.waived ? 'waive.gapWaived' : 'adopt.gap')}</strong>
                  {!one.waived && <Button size="small" onClick={() => waive(plainId(one.clause))} aria-label={`${t('waive.act')} ${say(one)}`}>{t('waive.act')}</Button>}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
};

export const Waivers = ({ report, waivers, first, set, done }: { report: AdoptionReport; waivers: readonly Waiver[]; first: string | null; set: (waivers: Waiver[]) => void; done: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const { site } = useSession();
  const [adding, setAdding] = useState(false);
  const close = (): void => {
    setAdding(false);
    done();
  };
  const add = (waiver: Waiver): void => {
    set([...waivers.filter((one) => one.clauseId !== waiver.clauseId || one.packId !== waiver.packId), waiver]);
    close();
  };
  return (
    <Panel title={t('waive.title')} acts={<Button onClick={() => setAdding(true)}>{t('waive.add')}</Button>}>
      {waivers.length === 0 ? <p>{t('waive.none')}</p> : (
        <ol className="rule-list" aria-label={t('waive.title')}>
          {waivers.map((one) => {
            const clause = report.clauses.find(({ id, packId }) => id === one.clauseId && packId === one.packId);
            return (
              <li key={`${one.packId}${one.clauseId}`}>
                <span className="clause-head">
                  <strong>{clauseText(one.clauseId)} {clause === undefined ? '' : say(clause)}</strong>
                  <Button type="text" size="small" onClick={() => set(waivers.filter((other) => other !== one))} aria-label={`${t('profile.remove')} ${clauseText(one.clauseId)}`}>{t('profile.remove')}</Button>
                </span>
                <span>{one.reason}</span>
                <span className="rule-small">{t('waive.review', { day: isoDateText(one.reviewAt, site.timeZone) })}</span>
              </li>
            );
          })}
        </ol>
      )}
      {(adding || first !== null) && <WaiveDialog key={first ?? ''} report={report} first={first} add={add} close={close} />}
    </Panel>
  );
};

interface Values {
  clause: string;
  review: string;
  reason: string;
}

const WaiveDialog = ({ report, first, add, close }: { report: AdoptionReport; first: string | null; add: (waiver: Waiver) => void; close: () => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const { site } = useSession();
  const [form] = Form.useForm<Values>();
  const options = report.clauses.map((clause) => ({ value: `${clause.packId}#${clause.id}`, label: `${clauseText(clause.id)} ${say(clause)}`, words: `${clause.id} ${clauseText(clause.id)} ${clause.zh} ${clause.en}`.toLowerCase() }));
  const chosen = report.clauses.find(({ id }) => id === first);
  const submit = ({ clause, review, reason }: Values): void => {
    const [packId = '', clauseId = ''] = clause.split('#');
    const reviewAt = siteInstant(`${review}T00:00`, site.timeZone);
    if (reviewAt === null) form.setFields([{ name: 'review', errors: [t('change.need')] }]);
    else add({ packId, clauseId, reason: reason.trim(), reviewAt });
  };
  return (
    <Modal open title={t('waive.add')} onCancel={close} footer={null} mask={{ closable: false }}>
      <p className="dim">{t('waive.about')}</p>
      <FormShell form={form} initial={chosen === undefined ? {} : { clause: `${chosen.packId}#${chosen.id}` }} error={null} busy={false} submit={submit} submitText={t('waive.act')}>
        <Form.Item name="clause" label={t('waive.clause')} rules={[{ required: true, message: t('change.need') }]}>
          <Select options={options} showSearch={{ filterOption: (text, option) => option?.words.includes(text.trim().toLowerCase()) ?? false }} />
        </Form.Item>
        <Form.Item name="review" label={t('clauses.review')} rules={[{ required: true, message: t('change.need') }]}><Input type="date" /></Form.Item>
        <Form.Item name="reason" label={t('waive.why')} rules={[{ required: true, whitespace: true, message: t('change.need') }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
      </FormShell>
    </Modal>
  );
};
