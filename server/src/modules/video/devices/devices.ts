/** Recorders of the site whose channels are cameras here: tested channel by channel, added in one act, one credential, reachability watched. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/cameras.ts';
import { newId } from '../../../base/ids.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { cameraLabel, isLocalHost, type CameraAddress } from '../camera.ts';
import { sealedAddress } from '../camera-address.ts';
import { addCamera } from '../commands/add-camera.ts';
import { actorOf, serverActor, tellScreens, type VideoContext } from '../context.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { probeSentences } from '../probe-sentences.ts';
import { deviceAdded, deviceAway, deviceBack, deviceChannelsTested, deviceCredentialChanged } from '../register/events.ts';
import { refuse } from '../register/refusals.ts';
import { bumpConfig } from '../store.ts';
import { channelAddresses, readHost } from './patterns.ts';
import { reach } from './reach.ts';
import { allDevices, channelsOf, devicesOfRoom, insertDevice, lockDevice, setCameraCredential, setDeviceCredential, setState, type Device } from './store.ts';
import { faultWords } from './words.ts';

type Address = z.output<typeof contract.DeviceAddress>;

const requireHost = (context: VideoContext, typed: string): string => {
  const host = readHost(typed);
  if (host === null) throw refuse('host_wrong', {}, { fields: [{ path: 'host', zh: '无法识别', en: 'cannot be read' }] });
  if (!context.allowLocal && isLocalHost(host)) throw refuseVideo('address_local', { host }, { fields: [{ path: 'host', zh: '不能用本机地址', en: 'A local address is refused' }] });
  return host;
};

const testOne = async (context: VideoContext, address: string, login: Pick<CameraAddress, 'username' | 'password'>, channel: number): Promise<contract.ChannelTest> => {
  const { outcome, video } = await context.recorder.probe({ url: address, username: login.username, password: login.password, allowLocal: context.allowLocal });
  return { channel, outcome, ...probeSentences[outcome], address, codec: video?.codec ?? null, width: video?.width ?? null, height: video?.height ?? null };
};

export const testChannels = async (context: VideoContext, caller: Caller, given: Address & { channels: readonly number[] }): Promise<contract.ChannelTest[]> => {
  const host = requireHost(context, given.host);
  const channels = await Promise.all([...new Set(given.channels)].map((channel) => testOne(context, channelAddresses(given.brand, host, given.port, channel).main, given, channel)));
  const { siteId, roomId } = caller;
  const good = channels.filter(({ outcome }) => outcome === 'ok').length;
  await context.database.transaction((tx) =>
    context.ledger.append(tx, { event: deviceChannelsTested, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { address: `${host}:${given.port}`, count: channels.length, good }, at: context.clock.now() }),
  );
  return channels;
};

export type NewDevice = Address & { name: string; channels: readonly { channel: number; name: string; purpose: string; zoneType?: string | undefined }[] };

export const addDevice = (context: VideoContext, caller: Caller, given: NewDevice): Promise<{ deviceId: string; cameraIds: string[] }> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId } = caller;
    const host = requireHost(context, given.host);
    const { brand, port, username, password, name, channels } = given;
    // The lock of the cameras' line first: of two who add the same recorder the second finds the first's.
    await bumpConfig(tx, siteId);
    const twin = (await devicesOfRoom(tx, roomId)).find((one) => one.host === host && one.port === port);
    if (twin !== undefined) throw refuse('device_known', { name: twin.name });
    const twice = channels.find(({ channel }, index) => channels.findIndex((one) => one.channel === channel) !== index);
    if (twice !== undefined) throw refuse('channel_twice', { channel: twice.channel });
    const at = context.clock.now();
    const deviceId = newId('nvr', context.clock);
    const passwordSealed = password === null ? null : context.sealer.seal(password, deviceId);
    const unknown = { state: 'unknown' as const, stateSince: null, checkedAt: null, fault: null };
    await insertDevice(tx, { deviceId, siteId, roomId, name, brand, host, port, username, passwordSealed, allowLocal: context.allowLocal, ...unknown, rowVersion: 1 }, { at, by: caller.personId });
    const cameraIds: string[] = [];
    for (const { channel, name: cameraName, purpose, zoneType } of channels) {
      const { main, sub } = channelAddresses(brand, host, port, channel);
      const sealed = sealedAddress(context.sealer, 'sub stream', sub);
      const entry = {
        fields: { purpose, ...(zoneType === undefined ? {} : { zoneType }) }, asRegulated: true, device: { deviceId, channel }, ...(sealed.addressSealed === null ? {} : { sub: { shownUrl: sealed.shownUrl, sealed: sealed.addressSealed } }),
      };
      cameraIds.push(await addCamera(context, tx, caller, { url: main, username, password, name: cameraName, entry }, actorOf(caller)));
    }
    await context.ledger.append(tx, { event: deviceAdded, siteId, roomId, actor: actorOf(caller), subject: deviceId, body: { deviceId, name, brand, channels: channels.length }, at });
    return { deviceId, cameraIds };
  });

export const changeCredential = (context: VideoContext, caller: Caller, deviceId: string, given: { username: string | null; password: string | null; rowVersion: number }): Promise<void> =>
  context.database.transaction(async (tx) => {
    await bumpConfig(tx, caller.siteId);
    const device = await lockDevice(tx, caller.roomId, deviceId);
    if (device === null) throw refuse('device_unknown');
    if (device.rowVersion !== given.rowVersion) throw refuse('entry_moved');
    const { username, password } = given;
    const sealFor = (about: string): Buffer | null => (password === null ? null : context.sealer.seal(password, about));
    await setDeviceCredential(tx, { ...device, username, passwordSealed: sealFor(deviceId) });
    const channels = await channelsOf(tx, [deviceId]);
    for (const { cameraId } of channels) await setCameraCredential(tx, cameraId, { username, passwordSealed: sealFor(cameraId) });
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: deviceCredentialChanged, siteId, roomId, actor: actorOf(caller), subject: deviceId, body: { deviceId, name: device.name, channels: channels.length }, at: context.clock.now() });
    await tellScreens(context, tx, 'video.cameras');
  });

export const listDevices = async (context: VideoContext, caller: Caller): Promise<contract.SourceDevice[]> => {
  const { db } = context.database;
  const devices = await devicesOfRoom(db, caller.roomId);
  const channels = await channelsOf(db, devices.map(({ deviceId }) => deviceId));
  const manages = caller.can('video.cameras.manage') === true;
  return devices.map((device) => ({
    deviceId: device.deviceId, name: device.name, brand: device.brand, host: manages ? device.host : null, port: manages ? device.port : null, username: manages ? device.username : null, hasPassword: device.passwordSealed !== null,
    state: device.state, since: device.stateSince, checkedAt: device.checkedAt, why: device.fault === null ? null : faultWords[device.fault], rowVersion: device.rowVersion,
    channels: channels.filter((one) => one.deviceId === device.deviceId).map(({ channel, cameraId, number, name }) => ({ channel, cameraId, camera: cameraLabel({ number, name }) })),
  }));
};

const lookAt = async (context: VideoContext, device: Device): Promise<void> => {
  const fault = await reach({ host: device.host, port: device.port, allowLocal: context.allowLocal || device.allowLocal });
  await context.database.transaction(async (tx) => {
    const before = await lockDevice(tx, device.roomId, device.deviceId);
    if (before === null) return;
    const at = context.clock.now();
    const state = fault === null ? 'reachable' : 'unreachable';
    const turned = before.state !== state;
    await setState(tx, device.deviceId, { state, stateSince: turned ? at : before.stateSince, checkedAt: at, fault });
    if (!turned) return;
    const { siteId, roomId, deviceId, name } = before;
    // That a new device answers is no news.
    if (before.state !== 'unknown' || fault !== null) await context.ledger.append(tx, { event: fault === null ? deviceBack : deviceAway, siteId, roomId, actor: serverActor, subject: deviceId, body: { deviceId, name }, at });
    await tellScreens(context, tx, 'video.cameras');
  });
};

export const watchDevices = async (context: VideoContext): Promise<void> => {
  const devices = await allDevices(context.database.db);
  await Promise.all(devices.map((device) => lookAt(context, device).catch((error: unknown) => context.log.warn('a recorder of the site could not be looked at', { deviceId: device.deviceId, error }))));
};
