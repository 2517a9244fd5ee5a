/** Puts obligations together: kinds and forms from the packs, slots from wire.ts. */
import { hourMs, secondMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import { serverActor } from '../ledger/index.ts';
import { loadCatalogue, type Catalogue } from './catalogue.ts';
import { fulfil, shiftEnd, type Fulfilment } from './commands/fulfil.ts';
import { openAfterEvent, type AfterEvent } from './commands/open.ts';
import { endWaiver, grantWaiver } from './commands/waive.ts';
import type { ObligationsContext } from './context.ts';
import { formIssued } from './events.ts';
import { findForm, insertForm } from './evidence-store.ts';
import { formDigest } from './form.ts';
import { planAll, planBasis } from './planning.ts';
import { obligationRefusals as refuse } from './refusals.ts';
import { obligationRoutes } from './routes.ts';
import { sweepDeadlines } from './sweep.ts';
import { sweepFindings } from './finding-sweep.ts';

const sweepEveryMs = 15 * secondMs;

/** A form that was used is what people signed: another content under its version is refused. */
const issueForms = async (context: ObligationsContext): Promise<void> => {
  const { database, clock, forms } = context;
  for (const place of await context.places(database.db)) {
    for (const form of forms.values()) {
      const known = await findForm(database.db, form.form, form.version);
      const digest = formDigest(form);
      if (known?.digest === digest) continue;
      if (known !== null) throw refuse('form_rewritten', { form: form.form, version: form.version });
      await database.transaction(async (tx) => {
        const now = clock.now();
        if (!(await insertForm(tx, form, now))) return;
        const body = { form: form.form, version: form.version, digest, title: form.title, fields: form.fields.length };
        await context.ledger.append(tx, { event: formIssued, siteId: place.siteId, roomId: place.roomId, actor: serverActor, subject: form.form, body, at: now });
      });
    }
  }
};

export type ObligationsOptions = Omit<ObligationsContext, 'kinds' | 'forms'> & { catalogue?: Catalogue };

export const createObligations = ({ catalogue = loadCatalogue(), ...options }: ObligationsOptions) => {
  const context: ObligationsContext = { ...options, kinds: catalogue.kinds, forms: catalogue.forms };
  for (const fault of catalogue.faults) context.log.error('a file of obligations is not used', { reason: fault.sentence.en });
  let plannedUnder: string | null = null;
  const plan = async (): Promise<void> => {
    const basis = await planBasis(context);
    await issueForms(context);
    await planAll(context);
    plannedUnder = basis;
  };
  /** First what came while nobody looked, under the plan of that time; then a plan under the rules of now, if they are others. */
  const sweep = async (): Promise<number> => {
    const fired = (await sweepDeadlines(context)) + (await sweepFindings(context));
    if ((await planBasis(context)) === plannedUnder) return fired;
    await plan();
    return fired + (await sweepDeadlines(context));
  };
  return {
    routes: obligationRoutes(context),
    jobs: [
      { name: 'obligations.sweep', everyMs: sweepEveryMs, run: sweep },
      { name: 'obligations.plan', everyMs: hourMs, run: plan },
    ],
    /** Rules, holidays or the set-up changed: the windows ahead are written down anew. */
    plan,
    sweep,
    openAfter: (tx: Tx, event: AfterEvent) => openAfterEvent(context, tx, event),
    /** Done where another part keeps it: the form goes in under the person's name. */
    fulfil: (tx: Tx, caller: Caller, done: Fulfilment) => fulfil(context, tx, caller, done),
    shiftEnd: (tx: Tx, place: { siteId: string; roomId: string }, at: number) => shiftEnd(context, tx, place, at),
    waivers: {
      granted: (tx: Tx, granted: { obligationId: string; approvalId: string; reason: string }) => grantWaiver(context, tx, granted),
      ended: (tx: Tx, approvalId: string) => endWaiver(context, tx, approvalId),
    },
    faults: catalogue.faults,
  };
};

export type Obligations = ReturnType<typeof createObligations>;
