/** The evidence of a clause and a period on A4, with the ledger's signature. Making it is a recorded act, so it waits for a click. */
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { printEvidence } from '../../../../../contract/compliance.ts';
import type { EvidencePack } from '../../../../../contract/compliance.ts';
import type { z } from 'zod';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockSecondsText, groupedHash, isoDateText } from '../../../ui/time-format.ts';
import '../compliance.css';
import { StateMark } from '../parts/state-mark.tsx';
import { usePeriod } from '../parts/use-period.ts';

type Pack = z.output<typeof EvidencePack>;

const EvidencePage = () => {
  const { t } = useTranslation('compliance');
  const clauseId = useSearchText('id');
  const period = usePeriod();
  const make = useAct(printEvidence, []);
  const back = (
    <Link to="/compliance/clause" search={{ id: clauseId, from: period.fromDay, until: period.untilDay }}>
      {t('clause')} {clauseId}
    </Link>
  );
  return (
    <Page title={`${t('sheet.title')} ${clauseId}`} narrow>
      {make.error !== null && <RefusalBanner error={make.error} />}
      {make.data === undefined ? (
        <Panel>
          <p>{t('page.period', { from: period.fromDay, until: period.untilDay })}</p>
          <p>{t('sheet.makeText')}</p>
          <br />
          <div className="form-acts">
            <Button type="primary" loading={make.isPending} onClick={() => make.mutate({ params: { clauseId }, body: { from: period.from, until: period.until } })}>
              {t('sheet.make')}
            </Button>
            {back}
          </div>
        </Panel>
      ) : (
        <>
          <Sheet pack={make.data} />
          <div className="form-acts no-print">
            <Button type="primary" onClick={() => print()}>
              {t('sheet.print')}
            </Button>
            {back}
          </div>
        </>
      )}
    </Page>
  );
};

const Sheet = ({ pack }: { pack: Pack }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const { site, room } = useSession();
  const moment = (at: number): string => `${isoDateText(at, site.timeZone)} ${clockSecondsText(at, site.timeZone)}`;
  const { clause, facts, controls, parameters, regulation } = pack.page;
  return (
    <Panel>
      <div className="sheet">
        <p>
          <strong>{site.name}</strong> · {room.name}
        </p>
        <Facts
          rows={[
            [t('clause'), `${clause.id} · ${say(regulation)}`],
            [t('text'), say(clause)],
            [t('page.cite'), clause.cite ?? '—'],
            [`${t('from')} – ${t('until')}`, `${moment(pack.from)} – ${moment(pack.until)}`],
            [t('state'), <StateMark key="state" state={clause.state} />],
            ...(clause.reason === null ? [] : [[t('page.reason'), say(clause.reason)] as const]),
            [t('responsible'), say(clause.responsible)],
            [t('page.parameters'), parameters.length === 0 ? t('page.noParameters') : parameters.map(({ title, value, unit }) => `${say(title)} ${value} ${unit ?? ''}`).join('；')],
            [t('page.controls'), controls.length === 0 ? t('page.noControls') : controls.map(({ holds }) => say(holds)).join('；')],
          ]}
        />
        <FactTable facts={facts} moment={moment} />
        <Facts
          rows={[
            [t('sheet.madeBy'), pack.by],
            [t('sheet.madeAt'), moment(pack.madeAt)],
            [t('sheet.entry'), pack.seq],
            [t('sheet.hash'), <code key="hash">{groupedHash(pack.sha256)}</code>],
          ]}
        />
        <p className="dim">{t('sheet.checkpoint')}</p>
        <pre>{pack.checkpoint}</pre>
        <div className="sheet-signatures">
          <div>{t('sheet.signature')}</div>
          <div>{t('sheet.date')}</div>
        </div>
      </div>
    </Panel>
  );
};

const FactTable = ({ facts, moment }: { facts: Pack['page']['facts']; moment: (at: number) => string }) => {
  const { t } = useTranslation('compliance');
  const { t: tLedger } = useTranslation('ledger');
  const say = useSay();
  if (facts.length === 0) return <p>{t('page.noFacts')}</p>;
  return (
    <table>
      <caption className="only-read">{t('page.facts')}</caption>
      <thead>
        <tr>
          {(['seq', 'time', 'who', 'what'] as const).map((head) => (
            <th key={head} scope="col">
              {tLedger(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.seq}>
            <td>{fact.seq}</td>
            <td>{moment(fact.at)}</td>
            <td>{fact.actor.kind === 'person' ? fact.actor.name : tLedger('process')}</td>
            <td>{say(fact)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export default EvidencePage;
