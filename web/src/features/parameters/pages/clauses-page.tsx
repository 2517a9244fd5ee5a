/** Clauses by number, words, theme or value: whether each binds here, its values, its rulings. */
import { useState } from 'react';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { giveRuling, listPacks, ruleTable, searchClauses, waiveClause, type ClauseRow, type ParameterValue, type RuleRow } from '../../../../../contract/parameters.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import '../parameters.css';
import { clauseText, versionText } from '../cite-text.ts';
import { SubNav } from '../parts/sub-nav.tsx';
import { useShow } from '../parts/use-show.ts';
import { siteInstant } from '../site-instant.ts';

type Clause = z.infer<typeof ClauseRow>;
const pageSize = 50;

const WaiveDialog = ({ clause, close }: { clause: Clause; close: () => void }) => {
  const { t } = useTranslation('parameters');
  const { site } = useSession();
  const [form] = Form.useForm<{ review: string; reason: string }>();
  const waive = useAct(waiveClause, ['/api/parameters', '/api/approvals']);
  const submit = ({ review, reason }: { review: string; reason: string }): void => {
    waive.mutate({ body: { packId: clause.packId, clauseId: clause.id, roomId: null, reviewAt: siteInstant(`${review}T00:00`, site.timeZone) ?? 0, reason } });
  };
  return (
    <Modal open title={`${t('clauses.waive')} ${clause.id}`} onCancel={close} footer={null} mask={{ closable: false }}>
      {waive.isSuccess ? <Notice>{t('packs.asked')}</Notice> : (
        <FormShell form={form} initial={{}} error={waive.error} busy={waive.isPending} submit={submit} submitText={t('change.act')}>
          <Form.Item name="review" label={t('clauses.review')} rules={[{ required: true, message: t('change.need') }]}><Input type="date" /></Form.Item>
          <Form.Item name="reason" label={t('change.reason')} rules={[{ required: true, whitespace: true, message: t('change.need') }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
        </FormShell>
      )}
    </Modal>
  );
};

const RulingDialog = ({ clause, close }: { clause: Clause; close: () => void }) => {
  const { t } = useTranslation('parameters');
  const [form] = Form.useForm<{ unit: string; question: string; ruling: string }>();
  const give = useAct(giveRuling, [searchClauses.path]);
  const need = [{ required: true, whitespace: true, message: t('change.need') }];
  return (
    <Modal open title={`${t('clauses.rule')} ${clause.id}`} onCancel={close} footer={null} mask={{ closable: false }}>
      <FormShell form={form} initial={{}} error={give.error} busy={give.isPending} submit={(values) => give.mutate({ body: { packId: clause.packId, clauseId: clause.id, ...values } }, { onSuccess: close })} submitText={t('clauses.rule')}>
        <Form.Item name="unit" label={t('clauses.unit')} rules={need}><Input maxLength={120} /></Form.Item>
        <Form.Item name="question" label={t('clauses.question')} rules={need}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
        <Form.Item name="ruling" label={t('clauses.ruling')} rules={need}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
      </FormShell>
    </Modal>
  );
};

/** Said by the parameter's name and unit; the internal name stands in the title alone. */
const ClauseValue = ({ name, value, rule, show, proposed }: { name: string; value: ParameterValue | null; rule: RuleRow | undefined; show: ReturnType<typeof useShow>; proposed: boolean }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const text = t('pair', { name: rule === undefined ? name : say(rule), text: value === null ? t('clauses.blank') : show(value, rule?.unit ?? null) });
  return <span className="rule-small" title={name}>{proposed ? t('inBrackets', { text, more: t('clauses.proposed') }) : text}</span>;
};

const ClauseItem = ({ clause, rules, show, open }: { clause: Clause; rules: readonly RuleRow[]; show: ReturnType<typeof useShow>; open: (what: 'waive' | 'rule') => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const { site } = useSession();
  const language = useLanguage();
  const canAdopt = useCan('parameters.adopt');
  const canRule = useCan('parameters.rule_on');
  return (
    <li>
      <span className="clause-head"><strong>{clauseText(clause.id)}</strong><span title={`${clause.packId}@${clause.version}#${clause.id}`}>{versionText(clause.version, language)}{language === 'zh-CN' ? ` · ${clause.source}` : ''} · {t(`clauses.state.${clause.state}`)}</span></span>
      <span>{say(clause)}</span>
      {Object.entries(clause.parameters).map(([name, value]) => (
        <ClauseValue key={name} name={name} value={value} rule={rules.find((one) => one.name === name)} show={show} proposed={clause.proposed.includes(name)} />
      ))}
      {clause.waiver !== null && <span className="rule-open">{t('clauses.waiver', { time: isoDateText(clause.waiver.reviewAt, site.timeZone), reason: clause.waiver.reason })}</span>}
      {clause.rulings.map((ruling) => (
        <span key={`${ruling.at}${ruling.by}`}><strong>{t('clauses.rulings')}</strong> {t('inBrackets', { text: t('pair', { name: ruling.unit, text: `${ruling.question} — ${ruling.ruling}` }), more: `${ruling.by} ${isoDateText(ruling.at, site.timeZone)}` })}</span>
      ))}
      {clause.state === 'in_force' && (
        <span className="rule-acts">
          <ActButton can={canAdopt} size="small" onClick={() => open('waive')} aria-label={`${t('clauses.waive')} ${clause.id}`}>{t('clauses.waive')}</ActButton>
          <ActButton can={canRule} size="small" onClick={() => open('rule')} aria-label={`${t('clauses.rule')} ${clause.id}`}>{t('clauses.rule')}</ActButton>
        </span>
      )}
    </li>
  );
};

const ClausesPage = () => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const [search, setSearch] = useState('');
  const [theme, setTheme] = useState('');
  const [packId, setPackId] = useState('');
  const [after, setAfter] = useState(0);
  const [shown, setShown] = useState<{ clause: Clause; what: 'waive' | 'rule' } | null>(null);
  const known = useEndpoint(ruleTable, { query: {} });
  const packs = useEndpoint(listPacks, {});
  const show = useShow(known.data);
  const found = useEndpoint(searchClauses, { query: { ...(search.trim() === '' ? {} : { search: search.trim() }), ...(theme === '' ? {} : { theme }), ...(packId === '' ? {} : { packId }), ...(after === 0 ? {} : { after }) } }, { keepOld: true });
  const close = (): void => setShown(null);
  const anew = <V,>(set: (value: V) => void) => (value: V): void => {
    set(value);
    setAfter(0);
  };
  return (
    <Page title={t('tabs.clauses')} about={t('about')}>
      <SubNav />
      <div className="toolbar">
        <input className="search" type="search" value={search} maxLength={120} placeholder={t('clauses.search')} aria-label={t('clauses.search')} onChange={(event) => anew(setSearch)(event.target.value)} />
        <Select aria-label={t('clauses.theme')} value={theme} style={{ minWidth: 180 }} options={[{ value: '', label: t('pair', { name: t('clauses.theme'), text: t('clauses.all') }) }, ...(found.data?.themes ?? []).map((one) => ({ value: one, label: one }))]} onChange={anew(setTheme)} />
        <Select aria-label={t('clauses.pack')} value={packId} style={{ minWidth: 220 }} options={[{ value: '', label: t('pair', { name: t('clauses.pack'), text: t('clauses.all') }) }, ...(packs.data?.packs ?? []).map((one) => ({ value: one.packId, label: say(one) }))]} onChange={anew(setPackId)} />
        {found.data !== undefined && <span role="status">{t('clauses.found', { count: found.data.total })}</span>}
      </div>
      {found.error !== null && <RefusalBanner error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined && found.error === null && <Loading />}
      {found.data?.total === 0 && <Empty what={t('clauses.empty')} />}
      <ol className="clause-list" aria-label={t('clauses.caption')}>
        {found.data?.clauses.map((clause) => <ClauseItem key={`${clause.packId}${clause.version}${clause.id}`} clause={clause} rules={known.data?.rules ?? []} show={show} open={(what) => setShown({ clause, what })} />)}
      </ol>
      {found.data !== undefined && after + pageSize < found.data.total && <Button onClick={() => setAfter(after + pageSize)}>{t('clauses.more')}</Button>}
      {shown?.what === 'waive' && <WaiveDialog clause={shown.clause} close={close} />}
      {shown?.what === 'rule' && <RulingDialog clause={shown.clause} close={close} />}
    </Page>
  );
};

export default ClausesPage;
