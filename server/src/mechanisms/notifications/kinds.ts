/** Kinds of alarms and notices: modules declare them, wire.ts collects them. A kind whose first receivers would be nobody does not start. */
import type { z } from 'zod';
import type { AlarmClass, Channel, Severity, Target } from '../../../../contract/notifications.ts';
import type { Sentence } from '../../base/refusal.ts';
import { classes } from './classes.ts';

export interface AlarmKind<Body extends z.ZodType = z.ZodType> {
  readonly is: 'alarm';
  kind: string;
  title: Sentence;
  sentence(body: z.output<Body>): Sentence;
  body: Body;
  class: AlarmClass;
  severity: Severity;
  /** Parameter with the seconds in which somebody must acknowledge; without it the class's own. */
  ackLimitParameter: string;
  /** Who must know besides those at the console, at once. */
  tell: readonly Target[];
  channels: readonly Channel[];
  /** Whether the machine tells when it is over; else a person closes it. */
  clearsItself: boolean;
  clauses: readonly string[];
}

export interface NoticeKind<Body extends z.ZodType = z.ZodType> {
  readonly is: 'notice';
  kind: string;
  title: Sentence;
  sentence(body: z.output<Body>): Sentence;
  body: Body;
  severity: Severity;
  /** given: whoever sends it says to whom. */
  to: { roles: readonly Target[] } | 'given';
  /** Nobody is asked to answer without it. */
  ackWithin: { parameter: string } | { ms: number } | null;
  /** Whom to tell next; `same`: the same receivers again and again. */
  escalateTo: readonly (readonly Target[])[] | 'same';
  channels: readonly Channel[];
  /** The text is sealed, stands in no fact, and only the receiver can read it. */
  confidential: boolean;
  clauses: readonly string[];
}

export type Kind = AlarmKind | NoticeKind;

const named = (kind: string): void => {
  if (!/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(kind)) throw new Error(`kind ${kind} is not module.what_it_is`);
};

type Optional<T, K extends keyof T> = Omit<T, K | 'is'> & Partial<Pick<T, K>>;

export const declareAlarmKind = <Body extends z.ZodType>(declaration: Optional<AlarmKind<Body>, 'severity' | 'ackLimitParameter' | 'tell' | 'channels' | 'clearsItself'>): AlarmKind<Body> => {
  named(declaration.kind);
  const { severity, ackLimitParameter } = classes[declaration.class];
  return { severity, ackLimitParameter, tell: [], channels: ['console'], clearsItself: false, ...declaration, is: 'alarm' };
};

export const declareNoticeKind = <Body extends z.ZodType>(
  declaration: Optional<NoticeKind<Body>, 'severity' | 'ackWithin' | 'escalateTo' | 'channels' | 'confidential'>,
): NoticeKind<Body> => {
  named(declaration.kind);
  if (declaration.to !== 'given' && declaration.to.roles.length === 0) throw new Error(`notice ${declaration.kind} is for nobody`);
  return { severity: 'ordinary', ackWithin: null, escalateTo: [], channels: ['console'], confidential: false, ...declaration, is: 'notice' };
};

/** The kinds of the whole server by name. Each sentence takes its own body only: it is called with what its own schema let through. */
export const collectKinds = (kinds: readonly Kind[]): ReadonlyMap<string, Kind> => {
  const all = new Map<string, Kind>();
  for (const kind of kinds) {
    if (all.has(kind.kind)) throw new Error(`kind ${kind.kind} is declared twice`);
    all.set(kind.kind, kind);
  }
  return all;
};
