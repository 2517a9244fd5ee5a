/** Time servers and power supplies: added and removed by a person, each a fact. */
import type { SourceKind } from '../../../../../contract/health.ts';
import { newId } from '../../../base/ids.ts';
import { actorOf, type Caller } from '../../../mechanisms/identity/index.ts';
import type { HealthContext } from '../context.ts';
import { events } from '../events.ts';
import { healthRefusals as refuse } from '../refusals.ts';
import { dropStates, insertSource, lockStates, removeSourceRow, sourcesOf } from '../store.ts';
import { forgetDevices } from './take-readings.ts';

const usualPort: Readonly<Record<SourceKind, number>> = { time_server: 123, ups: 3_493 };

export const addSource = (context: HealthContext, caller: Caller, form: { kind: SourceKind; name: string; host: string; port?: number | undefined; unit: string }): Promise<string> => {
  if (form.kind === 'ups' && form.unit === '') throw refuse('unit_needed', {}, { fields: [{ path: 'unit', ...refuse('unit_needed').sentence }] });
  if (!context.mayAsk(form.host)) throw refuse('address_local', { host: form.host }, { fields: [{ path: 'host', zh: '不能用本机地址', en: 'A local address is refused' }] });
  const { siteId, roomId, personId } = caller;
  const sourceId = newId('src', context.clock);
  const { kind, name, host } = form;
  return context.database.transaction(async (tx) => {
    const at = context.clock.now();
    await insertSource(tx, { siteId, roomId }, { sourceId, kind, name, host, port: form.port ?? usualPort[kind], unit: kind === 'ups' ? form.unit : '', addedAt: at, addedBy: personId });
    await context.ledger.append(tx, { event: events.sourceAdded, siteId, roomId, actor: actorOf(caller), subject: sourceId, body: { sourceId, kind, name, host }, at });
    return sourceId;
  });
};

export const removeSource = (context: HealthContext, caller: Caller, sourceId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId } = caller;
    await lockStates(tx, roomId);
    const found = (await sourcesOf(tx, roomId)).find((one) => one.sourceId === sourceId);
    if (found === undefined) throw refuse('source_unknown');
    const { kind, name, host } = found;
    const at = context.clock.now();
    await removeSourceRow(tx, sourceId, at);
    await forgetDevices(context, tx, { siteId, roomId }, [sourceId]);
    await dropStates(tx, roomId, [sourceId]);
    await context.ledger.append(tx, { event: events.sourceRemoved, siteId, roomId, actor: actorOf(caller), subject: sourceId, body: { sourceId, kind, name, host }, at });
  });
