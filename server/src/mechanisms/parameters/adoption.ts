/**
 * What an adoption would bring: conflicts that it touches, parameters that it leaves open, annexes, purposes. Pure: the site's book with the
 * adoption in it is looked at as if it were decided.
 */
import type { AdoptionForm, SiteProfile } from '../../../../contract/parameters.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Catalogue } from './catalogue.ts';
import { isTouched, type Conflict } from './conflict.ts';
import { citeOf, type Pack } from './pack.ts';
import { rulesAt, type Adoption, type Settlement, type SiteBook, type ValueRow, type Waiver, type WideRules } from './rules.ts';
import type { ParameterValue } from './value.ts';

export interface AdoptionPlan {
  form: AdoptionForm;
  /** The texts that the form names, in its order. */
  packs: readonly { digest: string; pack: Pack }[];
  from: Instant;
}

export interface AdoptionGround {
  catalogue: Catalogue;
  conflicts: readonly Conflict[];
  book: SiteBook;
  profile: SiteProfile | null;
  /** Rooms of the site that it would bind; may be none yet. */
  roomIds: readonly string[];
}

export const placeOf = (form: Pick<AdoptionForm, 'place'>): { roomId: string | null; nodeId: string | null } => ({
  roomId: form.place.kind === 'room' ? form.place.roomId : null,
  nodeId: form.place.kind === 'node' ? form.place.nodeId : null,
});

/** Values, settlements and waivers of an adoption hold for its room, else for the site. */
const decidedFor = (form: AdoptionForm): string | null => placeOf(form).roomId;

export const optionOf = (conflicts: readonly Conflict[], conflictId: string, key: string) => {
  const conflict = conflicts.find((one) => one.id === conflictId);
  const option = conflict?.options.find((one) => one.key === key);
  return conflict === undefined || option === undefined ? null : { conflict, option };
};

export const settlementsOf = (ground: AdoptionGround, plan: AdoptionPlan, adopted: ReadonlySet<string>): (Settlement & { option: string; reason: string })[] =>
  plan.form.settlements.flatMap(({ conflictId, option: key, reason }) => {
    const found = optionOf(ground.conflicts, conflictId, key);
    if (found === null) return [];
    const clauseIds = found.conflict.clauses.filter((id) => adopted.has(id));
    return [{ roomId: decidedFor(plan.form), conflictId, values: found.option.values, clauseIds, from: plan.from, option: key, reason }];
  });

/** An earlier version of the same pack for the same place ends when the new one begins. */
export const replacedBy = (book: SiteBook, plan: AdoptionPlan): Adoption[] => {
  const { roomId, nodeId } = placeOf(plan.form);
  return book.adoptions.filter(
    (one) => one.until === null && one.roomId === roomId && one.nodeId === nodeId && plan.packs.some(({ pack }) => pack.id === one.pack.id),
  );
};

/** The book with the adoption in it, without its settlements and values: what it says of itself. */
const bookWithPacks = (ground: AdoptionGround, plan: AdoptionPlan): SiteBook => {
  const { book } = ground;
  const { roomId, nodeId } = placeOf(plan.form);
  const replaced = new Set(replacedBy(book, plan).map((one) => one.adoptionId));
  const added = plan.packs.map(({ digest, pack }): Adoption => ({ adoptionId: digest, roomId, nodeId, pack, from: plan.from, until: null }));
  const waivers = plan.form.waivers.map(({ packId, clauseId, reviewAt }): Waiver => ({ roomId: decidedFor(plan.form), packId, clauseId, from: plan.from, until: reviewAt }));
  return {
    ...book,
    adoptions: [...book.adoptions.map((one) => (replaced.has(one.adoptionId) ? { ...one, until: Math.max(one.from, plan.from) } : one)), ...added],
    waivers: [...book.waivers, ...waivers],
  };
};

/** A room that is not there yet stands in where the place has none: what binds it is what will bind the first. */
const roomsOf = (ground: AdoptionGround): readonly string[] => (ground.roomIds.length === 0 ? ['room_of_the_future'] : ground.roomIds);

const bookForFuture = (book: SiteBook, plan: AdoptionPlan, ground: AdoptionGround): SiteBook => {
  const { nodeId } = placeOf(plan.form);
  if (nodeId === null || ground.roomIds.length > 0) return book;
  return { ...book, profiles: book.profiles.map((one) => ({ ...one, nodes: one.nodes.map((node) => (node.nodeId === nodeId ? { ...node, roomIds: ['room_of_the_future'] } : node)) })) };
};

export interface Outlook {
  /** As the rooms would be bound without the form's settlements and values; by room. */
  bare: readonly WideRules[];
  /** With them. */
  decided: readonly WideRules[];
  settlements: readonly (Settlement & { option: string; reason: string })[];
  values: readonly ValueRow[];
}

export const outlookOf = (ground: AdoptionGround, plan: AdoptionPlan): Outlook => {
  const withPacks = bookForFuture(bookWithPacks(ground, plan), plan, ground);
  const rooms = roomsOf(ground);
  const bare = rooms.map((roomId) => rulesAt(ground.catalogue, withPacks, roomId, plan.from));
  const adopted = new Set(bare.flatMap((rules) => rules.active().map(({ id }) => id)));
  const settlements = settlementsOf(ground, plan, adopted);
  const values = plan.form.decisions.map(({ name, value }): ValueRow => ({ roomId: decidedFor(plan.form), name, value, from: plan.from }));
  const whole = { ...withPacks, settlements: [...withPacks.settlements, ...settlements], values: [...withPacks.values, ...values] };
  return { bare, decided: rooms.map((roomId) => rulesAt(ground.catalogue, whole, roomId, plan.from)), settlements, values };
};

/** Conflicts that the clauses in force would touch, with the option that settles each; null: nobody settled it for these clauses. */
export const touchedConflicts = (ground: AdoptionGround, outlook: Outlook): { conflict: Conflict; settled: string | null }[] => {
  const adopted = new Set(outlook.bare.flatMap((rules) => rules.active().map(({ id }) => id)));
  return ground.conflicts
    .filter((conflict) => isTouched(conflict, adopted))
    .map((conflict) => {
      const here = conflict.clauses.filter((id) => adopted.has(id));
      const covers = (one: Settlement): boolean => one.conflictId === conflict.id && here.every((id) => one.clauseIds.includes(id));
      const now = outlook.settlements.find(covers);
      const before = ground.book.settlements.some(covers);
      return { conflict, settled: now?.option ?? (before ? 'before' : null) };
    });
};

export interface OpenParameter {
  name: string;
  kind: 'proposed' | 'blank' | 'undecided';
  proposed: ParameterValue | null;
  clauses: readonly string[];
  decided: boolean;
}

/** Names to ask about: the plain one, and one for each clause where each keeps its own. */
const namesAsked = (catalogue: Catalogue, rules: readonly WideRules[]): string[] => {
  const names = new Set<string>();
  for (const { id, clause } of rules.flatMap((one) => one.active())) {
    for (const name of Object.keys(clause.parameters)) names.add(catalogue.entries.get(name)?.per_clause === true ? `${name}@${id}` : name);
  }
  return [...names].sort();
};

/** What the regulations leave to the site: proposals, blanks, and values without order that no conflict of the list settled. */
export const openParameters = (ground: AdoptionGround, outlook: Outlook): OpenParameter[] =>
  namesAsked(ground.catalogue, outlook.bare).flatMap((name): OpenParameter[] => {
    const settled = outlook.decided.map((rules) => rules.resolved(name));
    const bare = outlook.bare.map((rules) => rules.resolved(name));
    const isNamed = outlook.values.some((one) => one.name === name);
    const first = bare.find((rule) => rule.blank || rule.undecided.length > 0 || rule.open);
    if (first === undefined) return [];
    const stillOpen = settled.some((rule) => rule.blank || rule.undecided.length > 0 || rule.open);
    // Settled with a conflict: it is told there and not asked twice.
    if (!isNamed && !stillOpen) return [];
    const kind = first.blank ? 'blank' : first.undecided.length > 0 ? 'undecided' : 'proposed';
    const [plain = '', own = null] = name.split('@');
    const clauses = [...new Set(outlook.bare.flatMap((rules) => rules.active().filter(({ id, clause }) => clause.parameters[plain] !== undefined && (own === null || own === id)).map(({ cite }) => cite)))];
    return [{ name, kind, proposed: kind === 'proposed' ? first.value : null, clauses, decided: isNamed && !stillOpen }];
  });

export interface PurposeStanding extends Sentence {
  clause: string;
  figures: number;
  waived: boolean;
}

/** Purposes that the documents state, and by how many figures of the profile each is shown. */
export const purposesOf = (plan: Pick<AdoptionPlan, 'packs' | 'form'>, profile: SiteProfile | null): PurposeStanding[] =>
  plan.packs.flatMap(({ pack }) =>
    pack.purposes.map((purpose) => ({
      clause: citeOf(pack, purpose.clause), zh: purpose.zh, en: purpose.en,
      figures: profile?.purposes.find((one) => one.clause === purpose.clause)?.figures.length ?? 0,
      waived: plan.form.waivers.some((one) => one.packId === pack.id && one.clauseId === purpose.clause),
    })),
  );
