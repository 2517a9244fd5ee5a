/** What remains of an act for eyes that have no need of it: that something of this sort happened, and when. Pure. */
import type { Caller } from '../../mechanisms/identity/index.ts';
import { namesHidden } from './controls.ts';
import { groupOf, groupWords } from './groups.ts';
import type { ActView } from './search.ts';

const nobody = '●●●';

export const isMasked = (caller: Pick<Caller, 'can'>, visitors: boolean): boolean => !namesHidden.allows(() => !visitors && caller.can('audit.names.see') === true);

export const masked = (act: ActView): ActView => {
  const group = groupOf(act.kind);
  return {
    ...act, ...groupWords[group], kind: `hidden.${group}`, subject: nobody, body: {}, leafHash: '',
    actor: { kind: act.actor.kind, id: nobody, post: act.actor.post, name: act.actor.kind === 'person' ? nobody : act.actor.name },
  };
};
