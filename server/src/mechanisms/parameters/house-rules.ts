/** Rules of conduct in the room as the parameters make them: what stands on the wall, what a spot check may find, what is looked at when tidying. */
import type { z } from 'zod';
import type { houseRules } from '../../../../contract/parameters.ts';
import type { Catalogue } from './catalogue.ts';
import { entryOf } from './catalogue.ts';
import { houseRulesFollow } from './controls.ts';
import type { WideRules } from './rules.ts';

type HouseRules = z.input<(typeof houseRules)['response']>;

const conduct = ['eating_allowed', 'meal_in_room', 'drinking_allowed', 'alcohol_in_room_allowed', 'smoking_allowed', 'open_flame_allowed', 'personal_items_in_room', 'private_calls_allowed'] as const;

/** What a spot check may find when the parameter says no. */
const findings: Readonly<Record<string, { key: string; zh: string; en: string }>> = {
  eating_allowed: { key: 'eating', zh: '室内进食', en: 'eating in the room' },
  drinking_allowed: { key: 'drinking', zh: '室内饮水', en: 'drinking in the room' },
  alcohol_in_room_allowed: { key: 'alcohol', zh: '饮酒或带酒入室', en: 'alcohol' },
  smoking_allowed: { key: 'smoking', zh: '室内吸烟', en: 'smoking' },
  open_flame_allowed: { key: 'open_flame', zh: '使用明火', en: 'open flame' },
  personal_items_in_room: { key: 'personal_items', zh: '放置私人物品', en: 'personal things' },
  private_calls_allowed: { key: 'private_calls', zh: '打私人电话', en: 'private calls' },
};

const naming = (rules: WideRules, name: string): string[] => rules.active().filter(({ clause }) => clause.parameters[name] !== undefined).map(({ cite }) => cite);

export const houseRulesOf = (catalogue: Catalogue, rules: WideRules): HouseRules => {
  const allowed = (name: string): boolean => houseRulesFollow.allows(() => rules.flag(name));
  return {
    rules: conduct.map((name) => {
      const { zh, en } = entryOf(catalogue, name);
      return { name, zh, en, allowed: allowed(name), clauses: naming(rules, name) };
    }),
    // A meal that is taken in the room is no breach, whatever else is forbidden.
    findings: conduct.flatMap((name) => {
      const finding = findings[name];
      return finding === undefined || allowed(name) ? [] : [finding];
    }),
    tidyItems: [
      { key: 'floor_and_desk', zh: '地面、台面整洁', en: 'floor and desk are tidy', photo: false },
      allowed('drinking_allowed')
        ? { key: 'cups_away', zh: '水杯远离电器', en: 'cups stand away from electrical devices', photo: true }
        : { key: 'no_cups', zh: '室内没有水杯', en: 'no cups in the room', photo: false },
      ...(allowed('eating_allowed') ? [{ key: 'meal_cleared', zh: '用餐后已清理', en: 'the meal is cleared away', photo: false }] : [{ key: 'no_food', zh: '室内没有食物', en: 'no food in the room', photo: false }]),
    ],
  };
};
