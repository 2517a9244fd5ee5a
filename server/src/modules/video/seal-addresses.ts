/** Seals the addresses of rows that were written before addresses were sealed. Done at every start, on record when there was something to do. */
import { sealedAddress } from './camera-address.ts';
import { serverActor, type VideoContext } from './context.ts';
import { addressesSealed } from './events.ts';
import { setSealedAddress, unsealedAddresses } from './store.ts';

/** Answers how many were sealed. */
export const sealAddresses = (context: VideoContext): Promise<number> =>
  context.database.transaction(async (tx) => {
    const { sealer, ledger, clock, log } = context;
    const rows = await unsealedAddresses(tx);
    const bySite = Map.groupBy(rows, (row) => row.siteId);
    for (const [siteId, ofSite] of bySite) {
      const cameras = [];
      let withPassword = 0;
      for (const { cameraId, url } of ofSite) {
        const sealed = sealedAddress(sealer, cameraId, url);
        await setSealedAddress(tx, cameraId, sealed);
        cameras.push({ cameraId, address: sealed.shownUrl });
        if (sealed.shownUrl !== url) withPassword += 1;
      }
      const body = { count: cameras.length, withPassword, cameras };
      await ledger.append(tx, { event: addressesSealed, siteId, roomId: null, actor: serverActor, subject: siteId, body, at: clock.now() });
      log.info('addresses of cameras were sealed', { siteId, count: cameras.length, withPassword });
      if (withPassword > 0) log.warn('addresses held passwords in clear until now; backups from before still do: change these passwords at the cameras', { withPassword });
    }
    return rows.length;
  });
