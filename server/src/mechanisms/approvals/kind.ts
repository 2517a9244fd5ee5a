/** What a module declares so that people can ask for something: what is asked, who must agree, for how long it is granted. */
import type { z } from 'zod';
import type { FormField } from '../../../../contract/approvals.ts';
import type { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';

export type StepMode = 'one_of' | 'all_of' | 'in_order';

export interface ApprovalStep {
  key: string;
  title: Sentence;
  /** one_of: one signature is enough; all_of: everybody; in_order: everybody, one after the other. */
  mode: StepMode;
  approvers: { roles: readonly Role[] } | { people: readonly string[] };
  /** Time to decide, ms: reminded before, past it escalated, at twice it expired. Left out: what the room's parameters say. */
  limitMs?: number;
  /** Without a limit of its own: the shorter one of the room, for what cannot wait. */
  urgent?: boolean;
}

/** A line of what is approved: words, or an instant that screens show in the site's time. */
export interface ApprovalDetail {
  title: Sentence;
  value: Sentence | { at: Instant };
}

export interface ApprovalContext<B> {
  db: Db;
  siteId: string;
  roomId: string;
  applicantId: string;
  body: B;
  at: Instant;
}

/** Where and when it was asked: what was in force then gives the names. */
export interface AskedAbout {
  siteId: string;
  roomId: string;
  at: Instant;
}

/** Something that was decided or ended, as its kind hears of it. */
export interface EndedApproval<B> {
  approvalId: string;
  siteId: string;
  roomId: string;
  subject: string;
  applicantId: string;
  executorId: string | null;
  body: B;
  reason: string;
  /** pack@version#clause as cited at the submission. */
  clauses: readonly string[];
  at: Instant;
  state: 'rejected' | 'withdrawn' | 'expired' | 'revoked' | 'lapsed' | 'closed';
}

export interface ApprovedApproval<B> extends Omit<EndedApproval<B>, 'state'> {
  state: 'approved';
  /** Who signed, in order; deputies with whom they acted for. */
  signers: readonly { personId: string; onBehalfOf: string | null }[];
  validUntil: Instant | null;
}

/**
 * Lifecycle 1, emergency path: may it go ahead on an order that a leader gave by word of mouth, with papers afterwards? How long the papers
 * may take and whose orders count here are parameters of the room. `never` says why nothing can go ahead.
 */
export type Emergency =
  | { leaders: readonly Role[]; /** Where the papers are asked for, when that is not the form of approvals. */ fileAt?: Sentence }
  | { never: Sentence };

/** What acts by itself with the last signature leaves nothing to go ahead with. */
export const neverBeforeSigned: Emergency = { never: { zh: '它在最后一人签名时才生效，此前没有可先行的事', en: 'it takes effect with the last signature: before it there is nothing to go ahead with' } };

export interface ApprovalKind<Body extends z.ZodType = z.ZodType> {
  /** `module.what`, e.g. `parameters.change` */
  kind: string;
  title: Sentence;
  version: number;
  body: Body;
  /** What is asked for in one sentence. */
  summary(body: z.output<Body>): Sentence;
  /** Exactly what is approved, line by line; default: the sentence alone. */
  details?(body: z.output<Body>): readonly ApprovalDetail[];
  /** What an approver should look at twice. */
  risks?(body: z.output<Body>): readonly Sentence[];
  /** Each approver signs with their own authenticator, and each signature that is needed is another person's. */
  protected: boolean;
  /** A declared verb. */
  submitVerb: string;
  /** Fields of a form: then it can be asked for on the page of approvals; without, only its own module submits it. */
  fields?: readonly FormField[];
  /** Linear; conditions are code. Asked again for each round. */
  steps(context: ApprovalContext<z.output<Body>>): Promise<readonly ApprovalStep[]>;
  /** From the submission: undecided then, it ends without effect; ms. */
  expiresMs: number;
  /** How long the grant holds, ms; null: without end. */
  validMs: number | null;
  /** When the grant ends by what was asked for, or counted from the moment it is granted; goes before validMs. */
  validUntil?(body: z.output<Body>, grantedAt: Instant): Instant;
  /** The grant itself is what was asked: it runs from the last signature and is closed at its end. Else an unused grant lapses. */
  inForceAtOnce?: boolean;
  /** Clauses that ask for this approval, e.g. BRN-9.4; those that are in force are cited on every fact. */
  clauses?: readonly string[];
  emergency: Emergency;
  /** Must who asks for it prove again who they are? Decisions need no such proof: they are signed. Left out: no. */
  proveToAsk?(context: ApprovalContext<z.output<Body>>): Promise<boolean>;
  /** What is asked for in one sentence, where that needs names from the database; goes before `summary`. */
  summaryNow?(db: Db, body: z.output<Body>, about: AskedAbout): Promise<Sentence>;
  /** Exactly what is approved, where that needs names from the database; goes before `details`. */
  detailsNow?(db: Db, body: z.output<Body>, about: AskedAbout): Promise<readonly ApprovalDetail[]>;
  /** Refuses what may not even be asked; runs in the transaction of the submission. */
  check?(tx: Tx, context: ApprovalContext<z.output<Body>>): Promise<void>;
  /** In the transaction of the last signature; a refusal undoes that signature. */
  approved(tx: Tx, approval: ApprovedApproval<z.output<Body>>): Promise<void>;
  ended?(tx: Tx, approval: EndedApproval<z.output<Body>>): Promise<void>;
}

const namePattern = /^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/;

/** Declares a kind; what cannot work is an error at start. */
export const declareApprovalKind = <B extends z.ZodType>(kind: ApprovalKind<B>): ApprovalKind<B> => {
  if (!namePattern.test(kind.kind)) throw new Error(`approval kind ${kind.kind} is not module.what`);
  if (!Number.isSafeInteger(kind.version) || kind.version < 1) throw new Error(`approval kind ${kind.kind} needs a version from 1`);
  if (!(kind.expiresMs > 0)) throw new Error(`approval kind ${kind.kind} must expire`);
  if (kind.validMs !== null && !(kind.validMs > 0)) throw new Error(`a grant of ${kind.kind} must hold for some time`);
  if ('leaders' in kind.emergency && kind.emergency.leaders.length === 0) throw new Error(`an order for ${kind.kind} could be given by nobody`);
  return kind;
};

/**
 * A kind whose body its holder does not know, as the mechanism keeps it. Bodies are parsed by the kind's own schema before any of its
 * functions sees them.
 */
export type AnyApprovalKind = ApprovalKind;

/** Kinds by name; the same name twice is a fault of the program. */
export const kindsByName = (kinds: readonly AnyApprovalKind[]): ReadonlyMap<string, AnyApprovalKind> => {
  const map = new Map<string, AnyApprovalKind>();
  for (const kind of kinds) {
    if (map.has(kind.kind)) throw new Error(`approval kind ${kind.kind} is declared twice`);
    map.set(kind.kind, kind);
  }
  return map;
};
