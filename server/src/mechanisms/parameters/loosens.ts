/** Does a change that is asked for loosen what holds now? Then whoever asks for it proves again who they are. */
import type { ApprovalContext } from '../approvals/index.ts';
import { entryOf } from './catalogue.ts';
import type { ParametersContext } from './context.ts';
import { isAsStrict, type ParameterValue } from './value.ts';

/** Where neither side is stricter, what two persons must agree to counts as one. */
export const loosens = async (context: ParametersContext, { db, siteId, roomId, at, body }: ApprovalContext<{ name: string; value: ParameterValue; roomId: string | null }>): Promise<boolean> => {
  const entry = entryOf(context.shipped.catalogue, body.name);
  const present = (await context.keeper.rules(db, { siteId, roomId: body.roomId ?? roomId }, at)).resolved(body.name).value;
  return entry.stricter === 'choose' ? entry.two_persons : !isAsStrict(entry, body.value, present);
};
