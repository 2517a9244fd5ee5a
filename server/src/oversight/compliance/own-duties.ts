/** What the adopted regulations ask of the person who asks: the clauses that bind their roles, and no others. */
import { z } from 'zod';
import type { ownDuties } from '../../../../contract/compliance.ts';
import type { Role } from '../../../../contract/identity.ts';
import type { ComplianceContext, RulesInForce } from './context.ts';
import { ownDutiesOnly } from './controls.ts';
import type { PackClause } from './pack-clauses.ts';

/** Whom a regulation binds, as the roles of the room. Visitors have no account; whoever watches them is bound by clauses of their own. */
const rolesOfActor: Readonly<Record<string, readonly Role[]>> = {
  'duty operator': ['duty_operator', 'shift_leader'],
  monitor: ['monitor'],
  technician: ['technician'],
  supervisor: ['room_manager'],
  management: ['room_manager', 'duty_manager', 'leader'],
  'security department': ['security_department'],
  requester: ['requester'],
  system: ['system_administrator'],
};

const binds = ({ actor }: PackClause, roles: readonly Role[]): boolean => actor === 'anyone' || (rolesOfActor[actor] ?? []).some((role) => roles.includes(role));

const Asking = z.enum(['obligation', 'prohibition', 'permission']);
/** What a clause asks of its people; null: a definition or a value, which asks nothing of anybody. */
const askingOf = ({ kind }: PackClause): z.output<typeof Asking> | null => Asking.safeParse(kind).data ?? null;

export const viewOwnDuties = ({ clauses, heads }: Pick<ComplianceContext, 'clauses' | 'heads'>, rules: Pick<RulesInForce, 'cite'>, roles: readonly Role[]): z.input<typeof ownDuties.response> => {
  const own = clauses.filter((clause) => rules.cite(clause.id) !== null && ownDutiesOnly.allows(() => binds(clause, roles)));
  return {
    regulations: heads.flatMap(({ pack, title }) => {
      const duties = own.flatMap((clause) => {
        const { id, source, theme, zh, en, actor } = clause;
        const kind = askingOf(clause);
        return clause.pack !== pack || kind === null ? [] : [{ id, source, kind, theme, zh, en, forAll: actor === 'anyone' }];
      });
      return duties.length === 0 ? [] : [{ pack, title, duties }];
    }),
  };
};
