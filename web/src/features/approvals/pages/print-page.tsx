/**
 * A request as one sheet of A4 that an inspector keeps: what was asked, who agreed, the digest of each signature and how it went. The statements
 * themselves stand below it on the screen and in the evidence file that the sheet names.
 */
import { Fragment } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { one as oneEndpoint, proof as proofEndpoint, type ApprovalView, type Proof } from '../../../../../contract/approvals.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { groupedHash } from '../../../ui/time-format.ts';
import '../approvals.css';
import { Sheet } from '../parts/sheet.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { Trail } from '../parts/steps.tsx';
import { useMoment } from '../parts/use-moment.ts';

type Proven = z.output<typeof Proof>;

const fileNameOf = ({ number }: Proven): string => `approval-${number}-evidence.json`;

const PrintPage = () => {
  const { t } = useTranslation('approvals');
  const approvalId = useSearchText('id');
  const one = useEndpoint(oneEndpoint, { params: { approvalId } }, { enabled: approvalId !== '' });
  const proof = useEndpoint(proofEndpoint, { params: { approvalId } }, { enabled: approvalId !== '' });
  const error = one.error ?? proof.error;
  const download = (proven: Proven): void => saveFile(new TextEncoder().encode(JSON.stringify(proven, null, 2)).buffer, fileNameOf(proven), 'application/json');
  return (
    <Page title={t('print.title')}>
      {approvalId === '' && <Empty what={t('empty.none')} />}
      {error !== null && <RefusalBanner error={error} retry={() => void Promise.all([one.refetch(), proof.refetch()])} />}
      {approvalId !== '' && error === null && (one.data === undefined || proof.data === undefined) && <Loading />}
      {one.data !== undefined && proof.data !== undefined && (
        <>
          <div className="form-acts approval-print-acts no-print">
            <Button type="primary" onClick={() => print()}>{t('print.print')}</Button>
            <Button onClick={() => download(proof.data)}>{t('print.file')}</Button>
            <Link to={'/approvals'} search={{ list: 'all', id: approvalId }}>{t('form.back')}</Link>
          </div>
          <Paper one={one.data} proof={proof.data} />
          {proof.data.signatures.length > 0 && <Statements proof={proof.data} />}
        </>
      )}
    </Page>
  );
};

const Paper = ({ one, proof }: { one: ApprovalView; proof: Proven }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  const { site, person } = useSession();
  const now = useServerNow();
  return (
    <Panel>
      <article className="approval-paper">
        <header className="approval-order-head">
          <h2>{t('print.title')} · {say(one.title)}</h2>
          <span>{site.name} · {t('number', { number: one.number })}</span>
        </header>
        <p className="approval-lead">{say(one.summary)}</p>
        <Facts
          rows={[
            [t('list.state'), <StateMark key="state" state={one.state} escalated={one.escalated} />],
            [t('submittedAt'), moment(one.submittedAt)],
            ...(one.validUntil === null ? [] : [[t('validUntil'), moment(one.validUntil)] as const]),
          ]}
        />
        <Sheet one={one} />
        <section aria-label={t('print.steps')}>
          <h3>{t('print.steps')}</h3>
          <SignatureTable proof={proof} />
        </section>
        <section aria-label={t('trail')}>
          <h3>{t('trail')}</h3>
          <Trail one={one} />
        </section>
        <footer className="approval-paper-foot">
          {proof.signatures.length > 0 && <p>{t('print.check', { file: fileNameOf(proof) })}</p>}
          <p className="approval-paper-signs"><span>{t('print.inspector')}</span><span>{t('print.date')}</span></p>
          <p className="dim">{t('print.printedBy', { time: moment(now), name: person.name })}</p>
        </footer>
      </article>
    </Panel>
  );
};

/** For whoever computes it again; too long for a sheet. */
const Statements = ({ proof }: { proof: Proven }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  return (
    <div className="approval-paper no-print">
      <Panel>
        <section aria-label={t('print.statement')}>
          <h3>{t('print.statement')}</h3>
          {proof.signatures.map((signed) => (
            <div key={signed.digest}>
              <strong>{signed.person.name}</strong> <span className="dim">{t(`rests.${signed.rests}`)}</span>
              <pre>{signed.statement}</pre>
              <p>SHA-256 <code className="break-all">{groupedHash(signed.digest)}</code></p>
            </div>
          ))}
        </section>
        <section aria-label={t('print.how')}>
          <h3>{t('print.how')}</h3>
          <ol className="approval-how">{proof.how.map((line) => <li key={line.zh}>{say(line)}</li>)}</ol>
        </section>
      </Panel>
    </div>
  );
};

const SignatureTable = ({ proof }: { proof: Proven }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  if (proof.signatures.length === 0) return <p>{t('print.none')}</p>;
  return (
    // Wider than a phone: the keyboard must reach it to move it.
    <div className="approval-paper-table" tabIndex={0} role="region" aria-label={t('print.steps')}>
      <table>
        <thead>
          <tr>{(['step', 'signer', 'decision', 'at', 'method', 'checked'] as const).map((name) => <th key={name} scope="col">{t(`print.${name}`)}</th>)}</tr>
        </thead>
        <tbody>
          {proof.signatures.map((signed) => (
            <Fragment key={signed.digest}>
            <tr>
              <td>{say(signed.step)}</td>
              <td>{signed.person.name}{signed.onBehalfOf === null ? '' : ` ${t('signedFor', { name: signed.onBehalfOf.name })}`}</td>
              <td><strong>{t(`decision.${signed.decision}`)}</strong> <Comment statement={signed.statement} /></td>
              <td>{moment(signed.signedAt)}</td>
              <td>{t(`method.${signed.method}`)}</td>
              <td>{signed.verified ? t('print.holds') : t('print.fails')}</td>
            </tr>
            <tr>
              <td className="approval-digest" colSpan={6}>SHA-256 <code>{groupedHash(signed.digest)}</code></td>
            </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The comment stands in what was signed, and is read from there. */
const Comment = ({ statement }: { statement: string }) => {
  const said: unknown = JSON.parse(statement);
  const comment = typeof said === 'object' && said !== null && 'comment' in said && typeof said.comment === 'string' ? said.comment : '';
  return comment === '' ? null : <span className="approval-words">“{comment}”</span>;
};

export default PrintPage;
