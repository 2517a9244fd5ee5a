/** May a site set this value: kind, floor, ceiling, and the clauses that bind. Pure; the limit is named with its law or clause. */
import type { Refusal } from '../../base/refusal.ts';
import { entryOf, kindFault, type Catalogue } from './catalogue.ts';
import { withinBounds } from './controls.ts';
import { limitFault } from './merge.ts';
import { parametersRefusals } from './refusals.ts';
import type { WideRules } from './rules.ts';
import { showValue } from './show.ts';
import type { ParameterValue } from './value.ts';

const atValue = (path: string, refusal: Refusal): { fields: { path: string; zh: string; en: string }[] } => ({ fields: [{ path, ...refusal.sentence }] });

/** The refusal of a value; null: it may stand. */
export const valueFault = (catalogue: Catalogue, rules: WideRules, name: string, value: ParameterValue, path = 'value'): Refusal | null => {
  const entry = entryOf(catalogue, name);
  const wrongKind = kindFault(entry, value);
  if (wrongKind !== null) {
    const values = { zh: entry.zh, en: entry.en, why: wrongKind.zh, whyEn: wrongKind.en };
    return parametersRefusals('value_wrong', values, atValue(path, parametersRefusals('value_wrong', values)));
  }
  const rule = rules.resolved(name);
  const naming = rules.active().filter(({ clause }) => clause.parameters[name] !== undefined).map(({ cite }) => cite);
  if (entry.zero_needs_waiver && value === 0 && naming.length > 0) {
    const values = { zh: entry.zh, en: entry.en, clauses: naming.join('、') };
    return parametersRefusals('needs_waiver', values, atValue(path, parametersRefusals('needs_waiver', values)));
  }
  const broken = limitFault(entry, value, { floor: rule.floorLimit, ceiling: rule.ceilingLimit });
  if (broken === null) return null;
  const { limit } = broken;
  const shown = showValue(catalogue, entry, limit.value);
  const cited = limit.cite === null ? { why: limit.why.zh, whyEn: limit.why.en } : { why: `${limit.why.zh}（${limit.cite}）`, whyEn: `${limit.why.en} (${limit.cite})` };
  const code = entry.type !== 'number' ? 'looser' : broken.side === 'floor' ? 'below_floor' : 'above_ceiling';
  const values = { zh: entry.zh, en: entry.en, limit: shown.zh, limitEn: shown.en, ...cited };
  return parametersRefusals(code, values, atValue(path, parametersRefusals(code, values)));
};

export const requireWithinBounds = (catalogue: Catalogue, rules: WideRules, name: string, value: ParameterValue): void => withinBounds.refuse(() => valueFault(catalogue, rules, name, value));
