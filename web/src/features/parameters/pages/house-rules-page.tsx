/** Rules of conduct in the room, to print and hang up. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { houseRules } from '../../../../../contract/parameters.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { Page, Panel } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../parameters.css';
import { citeText } from '../cite-text.ts';
import { SubNav } from '../parts/sub-nav.tsx';

const HouseRulesPage = () => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const language = useLanguage();
  const rules = useEndpoint(houseRules, {});
  return (
    <Page title={t('house.title')} about={t('house.about')} acts={<Button className="no-print" onClick={() => print()}>{t('house.print')}</Button>}>
      <SubNav />
      {rules.error !== null && <RefusalBanner error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data === undefined && rules.error === null && <Loading />}
      {rules.data !== undefined && (
        <>
          <Panel title={t('house.rules')}>
            <ul className="rule-list">
              {rules.data.rules.map((rule) => (
                <li key={rule.name}>
                  <span className="clause-head"><strong>{say(rule)}</strong><span>{t(rule.allowed ? 'house.allowed' : 'house.forbidden')}</span></span>
                  {rule.clauses.length > 0 && <span className="rule-small">{rule.clauses.map((cite) => citeText(cite, language)).join(t('semicolon'))}</span>}
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={t('house.findings')}>
            <ul>{rules.data.findings.map((one) => <li key={one.key}>{say(one)}</li>)}</ul>
          </Panel>
          <Panel title={t('house.tidy')}>
            <ul>{rules.data.tidyItems.map((one) => <li key={one.key}>{one.photo ? t('inBrackets', { text: say(one), more: t('house.photo') }) : say(one)}</li>)}</ul>
          </Panel>
        </>
      )}
    </Page>
  );
};

export default HouseRulesPage;
