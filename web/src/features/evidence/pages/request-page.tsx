/** One request: what was asked, what there is, what may be done with it now, what came of it, and its life. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { request as requestEndpoint, type RequestView } from '../../../../../contract/evidence.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { Copies } from '../parts/copies.tsx';
import { FootageBar } from '../parts/footage-bar.tsx';
import { RequestActs } from '../parts/request-acts.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import '../evidence.css';

const RequestPage = () => {
  const { t } = useTranslation('evidence');
  const id = useSearchText('id');
  const { data, error, refetch } = useEndpoint(requestEndpoint, { params: { requestId: id } }, { enabled: id !== '' });
  const title = data === undefined ? t('request') : `${t(`type.${data.type}`)} ${data.number}`;
  return (
    <Page title={title} acts={<Link to={'/footage'} className="footage-link">{t('back')}</Link>}>
      {id === '' && <Empty what={t('list.empty_mine')} />}
      {error !== null && <RefusalBanner error={error} retry={() => void refetch()} />}
      {id !== '' && data === undefined && error === null && <Loading />}
      {data !== undefined && <Whole key={data.requestId} one={data} />}
    </Page>
  );
};

const Whole = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const say = useSay();
  const moment = useMoment();
  return (
    <div className="footage-request">
      <div>
        <Panel>
          <p className="footage-lead">
            <span className={`footage-state footage-${one.state}`}>{t(`state.${one.state}`)}</span>
            {say(one.waitsFor) !== '' && <span className="dim">{t('waitsFor', { who: say(one.waitsFor) })}</span>}
            {one.validUntil !== null && <span className="dim tabular">{t('validUntil', { time: moment(one.validUntil) })}</span>}
          </p>
          {one.late && <Notice priority="high">{t('lateNote')}</Notice>}
          <RequestActs one={one} />
        </Panel>
        {one.type === 'copy' && one.state !== 'approving' && <Copies one={one} />}
        {one.results.length > 0 && <Results one={one} />}
        <Asked one={one} />
      </div>
      <div>
        <Panel title={t('exists.title')}>
          {one.exists.map((footage) => <FootageBar key={footage.cameraId} one={footage} from={one.from} until={one.until} />)}
        </Panel>
        <Life one={one} />
      </div>
    </div>
  );
};

const Asked = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const moment = useMoment();
  const span = useSpan();
  const rows: (readonly [string, string])[] = [
    [t('column.applicant'), [one.applicant, one.position, one.department, one.unit, one.phone].filter((part) => part !== '').join(' · ')],
    ...(one.viewerGroup === 'colleague' && one.viewer === null ? [] : [[t('ask.viewer'), [t(`group.${one.viewerGroup}`), one.viewer ?? '', one.viewerPaper ?? ''].filter((part) => part !== '').join(' · ')] as const]),
    [t('column.cameras'), one.cameras.join('、')],
    [t('column.span'), span(one.from, one.until)],
    ...(one.place === '' ? [] : [[t('ask.place'), one.place] as const]),
    [t('ask.reasonClass'), t(`reason.${one.reasonClass}`)],
    [t('ask.reason'), one.reason],
    ...(one.paperNumber === null ? [] : [[t('ask.paperNumber'), one.paperNumber] as const]),
    ...(one.type === 'view' ? [[t('modeTitle'), t(`mode.${one.mode}`)] as const] : [[t('ask.purpose'), one.purpose ?? ''] as const, [t('ask.receiver'), one.receiver ?? ''] as const, [t('ask.copies'), String(one.copies ?? '')] as const]),
    ...(one.returnBy === null ? [] : [[t('ask.returnBy'), moment(one.returnBy)] as const]),
    ...(one.leader === null ? [] : [[t('ask.leader'), one.leader] as const]),
    ...(one.approvers.length === 0 ? [] : [[t('approvers'), one.approvers.map(({ name, at, comment }) => `${name} ${moment(at)} ${comment}`.trim()).join('；')] as const]),
    ...(one.operator === null ? [] : [[t('operator'), one.operator] as const]),
  ];
  return (
    <Panel title={t('asked')} {...(one.seesApproval ? { acts: <Link to={'/approvals'} search={{ list: 'all', id: one.approvalId }}>{t('approval')}</Link> } : {})}>
      <Facts rows={rows} />
      {one.follows !== null && <p><Link to={'/footage/request'} search={{ id: one.follows.requestId }}>{t('follows', { number: one.follows.number })}</Link></p>}
    </Panel>
  );
};

const Results = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const moment = useMoment();
  const span = useSpan();
  return (
    <Panel title={t('result.title')}>
      <ul className="footage-results">
        {one.results.map((result) => (
          <li key={result.number}>
            <p><strong>{t(`outcome.${result.outcome}`)}</strong> <span className="tabular">{span(result.from, result.until)}</span> {result.late && <span className="footage-late">{t('late')}</span>}</p>
            <p className="footage-words">{result.remark}</p>
            <p className="dim">{result.by} · {moment(result.at)}</p>
          </li>
        ))}
      </ul>
      {one.told.map((told) => (
        <p key={told.name} className="dim">{told.answeredAt === null ? t('told', { name: told.name, time: moment(told.at) }) : t('toldAnswered', { name: told.name, time: moment(told.answeredAt) })}</p>
      ))}
    </Panel>
  );
};

const Life = ({ one }: { one: RequestView }) => {
  const { t } = useTranslation('evidence');
  const say = useSay();
  const moment = useMoment();
  return (
    <Panel title={t('life')}>
      <ol className="footage-life">
        {one.life.map((step, index) => (
          <li key={`${step.at} ${index}`}>
            <time className="tabular dim">{moment(step.at)}</time>
            <div>
              <strong>{say(step.words)}</strong> {step.by ?? t('system')}
              {step.note !== '' && <p className="footage-words dim">{step.note}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
};

export default RequestPage;
