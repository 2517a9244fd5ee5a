/** The parts of the clauses that health serves: simulated cameras that stop, blur, move, are covered and lie about the time; supplies and time servers over real sockets. */
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type AddressInfo, type Server, type Socket as Connection } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addThreadStep, answerSection, closeShift, duty, signOn } from '../../../../contract/duty.ts';
import * as contract from '../../../../contract/health.ts';
import { listFacts } from '../../../../contract/ledger.ts';
import { alarmTrail, listAlarms } from '../../../../contract/notifications.ts';
import { listObligations } from '../../../../contract/obligations.ts';
import { until } from '../../app/testing/whole-room.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import { sntpAnswer } from './protocols/sntp.ts';
import { openHealthRoom, type HealthRoom } from './testing/health-room.ts';

const offlineCameras = ['saf', 'cor', 'gen', 'res', 'ten', 'sch', 'art', 'sec', 'bus', 'move', 'case', 'loss', 'close', 'day', 'shift', 'section'];
let house: HealthRoom;
let technician: string;
let operator: string;
let auditor: string;
beforeAll(async () => {
  const blurred = 'gblur=sigma=3';
  const moved = 'crop=iw*0.8:ih*0.8:iw*0.2:ih*0.15,scale=640:360';
  house = await openHealthRoom({ ...Object.fromEntries(offlineCameras.map((name) => [name, ''])), blur: blurred, grade: blurred, state: blurred, turned: moved, place: moved, branch: 'drawbox=x=0:y=0:w=iw*0.7:h=ih:color=green:t=fill', clock: '', late: '' });
  [technician, operator, auditor] = [await house.signIn('technician'), await house.signIn('duty_operator'), await house.signIn('auditor')];
  await house.runJob('obligations.plan');
  const { posts } = await house.get(operator, duty);
  await house.get(operator, signOn, { params: { postId: posts[0]?.postId ?? '' } });
}, 180_000);
afterAll(() => house.close());

const checkOf = (device: contract.DeviceView, check: contract.HealthCheck): contract.CheckView | undefined => device.checks.find((one) => one.check === check);
const faults = async () => (await house.get(technician, duty)).threads.filter(({ kind, closed }) => kind === 'fault' && !closed).map(({ what }) => what);
const alarmsOf = async (kind: string) => (await house.get(operator, listAlarms)).alarms.filter((one) => one.kind === kind);
const factsOf = async (kind: string, deviceId: string) => (await house.get(auditor, listFacts, { query: { kind } })).facts.filter((one) => one.subject === deviceId);

/** Stops the camera; answers its row once it shows offline, which must come in half a minute. */
const stopped = async (name: string): Promise<contract.DeviceView> => {
  const { cameraId, stop } = house.camera(name);
  stop();
  return until(`${name} is offline`, async () => {
    await house.runJob('health.devices');
    const device = await house.device(technician, cameraId);
    return checkOf(device, 'offline')?.state === 'bad' ? device : null;
  }, 30_000);
};
const stoppedWithFault = async (name: string): Promise<void> => {
  const device = await stopped(name);
  expect(device.grade).toBe('poor');
  expect(await faults()).toContain(`${device.name} · 离线`);
  expect(device.availableDay).toBeLessThan(100);
  expect(await factsOf('health.trouble_begun', device.deviceId)).toHaveLength(1);
};
// They are stopped together, so that nobody waits for each in turn.
beforeAll(() => offlineCameras.forEach((name) => house.camera(name).stop()));

test('[SAF-3.1.4 TELEMETRY] a stopped camera shows offline within 30 seconds and its availability falls', async () => {
  const device = await stopped('saf');
  expect(device.availableDay).toBeLessThan(100);
  expect(device.belowTarget).toBe(true);
}, 60_000);
test('[COR-2.1.3 TELEMETRY] a stopped device is offline, has its fault and a lower availability', () => stoppedWithFault('cor'), 60_000);
test('[GEN-4.1.6 TELEMETRY] a stopped device is offline, has its fault and a lower availability', () => stoppedWithFault('gen'), 60_000);
test('[RES-6.2.2 TELEMETRY] a stopped device is offline, has its fault and a lower availability', () => stoppedWithFault('res'), 60_000);
test('[TEN-4.4 TELEMETRY] a stopped device is offline, has its fault and a lower availability', () => stoppedWithFault('ten'), 60_000);
test('[SCH-2.1.2 TELEMETRY] a stopped device is offline, has its fault and a lower availability', () => stoppedWithFault('sch'), 60_000);

test('[ART-13.2.2 TELEMETRY] the uptime that the department sees is that of the troubles on record; under the target it is flagged', async () => {
  const device = await stopped('art');
  house.later(hourMs);
  const seen = (await house.device(await house.signIn('security_department'), device.deviceId)).availableDay ?? 100;
  const { troubles } = await house.get(technician, contract.troubles, { query: { deviceId: device.deviceId } });
  const { now } = await house.get(technician, contract.board);
  const lost = now - (troubles[0]?.from ?? 0);
  expect(lost).toBeGreaterThan(hourMs);
  // It was watched for some minutes more than it was lost.
  expect(seen).toBeLessThan((1 - lost / (lost + 10 * minuteMs)) * 100);
  expect((await house.device(technician, device.deviceId)).belowTarget).toBe(true);
}, 60_000);

test('[SEC-6.5 TELEMETRY] a stopped device lowers the figure of the room and marks it degraded', async () => {
  await stopped('sec');
  const { room } = await house.get(technician, contract.board);
  expect(room.degraded).toBe(true);
  expect(room.availableDay).toBeLessThan(100);
  expect(room.poor).toBeGreaterThan(0);
}, 60_000);

const withShift = async (name: string): Promise<void> => {
  const device = await stopped(name);
  const { shift } = await house.get(technician, duty);
  const { troubles } = await house.get(technician, contract.troubles, { query: { deviceId: device.deviceId } });
  expect(troubles).toMatchObject([{ check: 'offline', shift: shift?.number, onPost: [expect.any(String)] }]);
};
test('[BUS-1.6.6 TELEMETRY] an unplugged device is an event with the shift on duty', () => withShift('bus'), 60_000);
test('[ART-11.5.1 TELEMETRY] a device that was cut off is listed with its shift', () => withShift('move'), 60_000);

const becomesCase = async (name: string): Promise<void> => {
  const { deviceId } = await stopped(name);
  const cases = async () => (await alarmsOf('health.device_missing')).filter(({ cameraId }) => cameraId === deviceId);
  house.later(3 * hourMs);
  technician = await house.signIn('technician');
  operator = await house.signIn('duty_operator');
  auditor = await house.signIn('auditor');
  await house.runJob('health.cases');
  await house.runJob('health.cases');
  expect(await cases()).toHaveLength(1);
  expect(await factsOf('health.device_missing', deviceId)).toHaveLength(1);
};
test('[ART-5.6 TELEMETRY] a device that stays away without a request becomes a case after the limit', () => becomesCase('case'), 60_000);
test('[SEC-3.3 TELEMETRY] a lost signal without an order opens a case', () => becomesCase('loss'), 60_000);

test('[BUS-1.7.6 TELEMETRY] a fault is not closed while its device is offline, nor before it was well for long enough', async () => {
  const device = await stopped('close');
  const thread = (await house.get(technician, duty)).threads.find(({ what, closed }) => !closed && what === `${device.name} · 离线`);
  const close = () => house.ask(technician, addThreadStep, { params: { threadId: thread?.threadId ?? '' }, body: { what: 'closed', text: '已修复' } });
  expect(await close()).toMatchObject({ status: 409, body: { code: 'health.not_normal' } });
  house.camera('close').control.set({ refuse: null });
  await until('it is back', async () => {
    await house.runJob('health.devices');
    return checkOf(await house.device(technician, device.deviceId), 'offline')?.state === 'good';
  }, 90_000);
  expect(await close()).toMatchObject({ status: 409, body: { code: 'health.not_normal' } });
  house.later(6 * minuteMs);
  expect((await close()).status).toBe(200);
}, 120_000);

test('[BRN-4.2 TELEMETRY] what failed in the shift is handed over as a difference to its beginning', async () => {
  const device = await stopped('shift');
  const { carried } = await house.get(operator, duty);
  expect(carried.map(({ zh }) => zh).filter((zh) => zh.includes(device.name) && zh.includes('本班开始时正常'))).toHaveLength(1);
}, 60_000);

test('[BRN-A3.1.1 TELEMETRY] the item of the daily check names the camera that is abnormal', async () => {
  const device = await stopped('day');
  const { items } = await house.get(operator, contract.selfCheck);
  const field = items.find(({ key }) => key === 'field_devices');
  expect(field).toMatchObject({ inOrder: false });
  expect(field?.devices).toContain(`${device.name} · 离线`);
  // The count of cameras that show a picture is that of the board.
  const { form, readings } = await house.get(operator, contract.selfCheck);
  const shown = (await house.get(technician, contract.board)).devices.filter(({ kind, checks }) => kind === 'camera' && checks.some(({ check, state }) => check === 'offline' && state === 'good'));
  expect(form).toBe('inspection.daily');
  expect(readings).toEqual([{ key: 'cameras_shown', value: shown.length }]);
}, 60_000);

test('[BRN-4.6 TELEMETRY] the section of the log names a stopped device, and the shift is not closed while it is not confirmed', async () => {
  const device = await stopped('section');
  const { sections } = await house.get(operator, duty);
  expect(sections.find(({ section }) => section === 'equipment')?.measured.map(({ zh }) => zh).join()).toContain(device.name);
  for (const section of ['running', 'fire_system'] as const) await house.get(operator, answerSection, { params: { section }, body: { text: '正常', checks: {} } });
  expect((await house.ask(operator, closeShift, { body: { remark: '' } })).body).toMatchObject({ code: 'duty.sections_blank' });
}, 60_000);

// ---- pictures

const reference = (name: string) => house.get(technician, contract.keepReference, { params: { cameraId: house.camera(name).cameraId }, body: {} });
/** Shows the wrong picture; answers the finding once two looks agree. */
const found = async (name: string, check: contract.PictureCheck): Promise<contract.CheckView> => {
  const { cameraId, control } = house.camera(name);
  await reference(name);
  control.set({ swapped: true });
  return until(`${name} is ${check}`, async () => {
    const { checks } = await house.get(technician, contract.lookNow, { params: { cameraId } });
    const one = checks.find((each) => each.check === check);
    return one?.state === 'bad' ? one : null;
  }, 20_000);
};
const rings = async (name: string) => (await alarmsOf('health.picture_trouble')).find(({ cameraId }) => cameraId === house.camera(name).cameraId);

test('[RES-4.1.3 TELEMETRY] a blurred picture raises "not clear", with the picture', async () => {
  const { still, words } = await found('blur', 'blurred');
  expect(words.zh).toContain('不清晰');
  expect((await rings('blur'))?.sentence.zh).toContain('不清晰');
  const picture = await house.ask(technician, contract.still, { params: { sha256: still ?? '' } });
  expect(picture.status).toBe(200);
  expect(picture.bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
}, 60_000);
const belowGood = async (name: string): Promise<void> => {
  await found(name, 'blurred');
  const device = await house.device(technician, house.camera(name).cameraId);
  expect(device.grade).toBe('fair');
  expect(await faults()).toContain(`${device.name} · 画面不清晰`);
  expect((await house.get(technician, contract.board)).room.fair).toBeGreaterThan(0);
};
test('[ART-6.3 TELEMETRY] a grade below good has its fault, and the board counts it', () => belowGood('grade'), 60_000);
test('[SCH-1.6.4 TELEMETRY] a grade below good has its fault, and the board counts it', () => belowGood('state'), 60_000);

test('[SCH-2.2.1 TELEMETRY] a moved camera raises "view changed"', async () => {
  await found('place', 'moved');
  expect((await rings('place'))?.sentence.zh).toContain('移位');
}, 60_000);

const clockWrong = async (name: string): Promise<void> => {
  const { cameraId, control } = house.camera(name);
  control.set({ clockOffsetMs: 10_000 });
  await until('time wrong', async () => {
    await house.runJob('health.devices');
    return checkOf(await house.device(technician, cameraId), 'clock')?.state === 'bad';
  }, 40_000);
  expect((await alarmsOf('health.device_trouble')).find((one) => one.cameraId === cameraId)?.sentence.zh).toContain('快 10 秒');
};
test('[RES-4.1.4 TELEMETRY] a turned camera raises "view changed", a wrong clock "time wrong"', async () => {
  await found('turned', 'moved');
  expect((await rings('turned'))?.sentence.zh).toContain('移位');
  await clockWrong('turned');
}, 90_000);
test('[COR-2.1.4 TELEMETRY] a camera clock that was moved by ten seconds raises "time wrong"', () => clockWrong('clock'), 60_000);
test('[RES-5.3.4 TELEMETRY] the time in which a camera lied about the clock is on record as wrong time', async () => {
  await clockWrong('late');
  const { troubles } = await house.get(technician, contract.troubles, { query: { deviceId: house.camera('late').cameraId } });
  expect(troubles.filter(({ check }) => check === 'clock')).toMatchObject([{ until: null, title: { zh: '时间不准' } }]);
}, 60_000);

test('[BRN-A3.2.7 TELEMETRY] a covered picture makes a task of clearing, due in the limit of the rules', async () => {
  await found('branch', 'covered');
  const now = (await house.get(technician, contract.board)).now;
  const { obligations } = await house.get(await house.signIn('room_manager'), listObligations, { query: { kind: 'inspection.obstruction', from: now - hourMs, until: now + 48 * hourMs } });
  expect(obligations).toHaveLength(1);
  expect((obligations[0]?.until ?? 0) - (obligations[0]?.from ?? 0)).toBe(24 * hourMs);
}, 60_000);

// ---- the poller

test('[GEN-2.1.1 TELEMETRY] every registered device has a state that is not older than its limit', async () => {
  await house.runJob('health.devices');
  const before = await house.get(technician, contract.board);
  const fresh = before.devices.filter(({ kind }) => kind === 'camera' || kind === 'recorder' || kind === 'storage');
  expect(fresh.length).toBeGreaterThan(offlineCameras.length);
  expect(fresh.flatMap(({ checks }) => checks).filter(({ check }) => check === 'offline' || check === 'usable').every(({ stale }) => !stale)).toBe(true);
  house.later(2 * minuteMs);
  const after = await house.get(technician, contract.board);
  expect(after.devices.flatMap(({ checks }) => checks).filter(({ check }) => check === 'offline').every(({ stale }) => stale)).toBe(true);
});
const frozenPoller = async (): Promise<void> => {
  await house.runJob('health.devices');
  await house.runJob('health.poller_watch');
  expect((await alarmsOf('health.system_trouble')).filter(({ clearedAt }) => clearedAt === null)).toEqual([]);
  house.later(2 * minuteMs);
  await house.runJob('health.poller_watch');
  expect((await alarmsOf('health.system_trouble')).filter(({ clearedAt }) => clearedAt === null).map(({ sentence }) => sentence.zh)).toEqual([expect.stringContaining('没有更新')]);
  expect((await house.device(technician, house.camera('blur').cameraId)).checks.some(({ stale }) => stale)).toBe(true);
  // Nothing that is too old is filled in as in order.
  const { items, readings } = await house.get(operator, contract.selfCheck);
  expect(items.filter(({ key, isTold }) => key !== 'working_state' && isTold)).toEqual([]);
  expect(readings).toEqual([{ key: 'cameras_shown', value: 0 }]);
  await house.runJob('health.devices');
};
test('[SCH-2.1.1 TELEMETRY] a frozen poller: old states are marked and an alarm is raised', frozenPoller);
test('[BRN-A1.2.2 TELEMETRY] the panel marks what the poller no longer renews, and asks for an acknowledgement', frozenPoller);

// ---- supplies and time servers

const supply = { status: 'OL', connections: new Set<Connection>() };
let nut: Server;
let clockServer: Socket;
let serverAheadMs = 0;
let supplyId: string;
beforeAll(async () => {
  nut = createServer((socket) => {
    supply.connections.add(socket);
    socket.on('data', (asked: Buffer) => {
      const [, , unit = ''] = asked.toString().trim().split(' ');
      socket.write(unit === 'rack' ? `BEGIN LIST VAR rack\nVAR rack ups.status "${supply.status}"\nVAR rack battery.charge "87"\nVAR rack battery.runtime "1260"\nEND LIST VAR rack\n` : 'ERR UNKNOWN-UPS\n');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => nut.listen(0, '127.0.0.1', resolve));
  clockServer = createSocket('udp4');
  clockServer.on('message', (question, from) => clockServer.send(sntpAnswer(question, Date.now() + serverAheadMs), from.port, from.address));
  await new Promise<void>((resolve) => clockServer.bind(0, '127.0.0.1', resolve));
  const administrator = await house.signIn('system_administrator');
  const add = (body: Parameters<typeof contract.addSource.body.parse>[0]) => house.get(administrator, contract.addSource, { body: body as never });
  ({ sourceId: supplyId } = await add({ kind: 'ups', name: '机柜电源', host: '127.0.0.1', port: (nut.address() as AddressInfo).port, unit: 'rack' }));
  await add({ kind: 'time_server', name: '授时服务器', host: '127.0.0.1', port: clockServer.address().port });
});
afterAll(() => {
  clockServer.close();
  supply.connections.forEach((socket) => socket.destroy());
  nut.close();
});
const sweepSources = () => house.runJob('health.sources');
const systemAlarm = async () => (await alarmsOf('health.system_trouble')).find(({ sentence, clearedAt }) => sentence.zh.startsWith('机柜电源') && clearedAt === null);

test('[BRN-A3.1.4 TELEMETRY] the item about recorders and what feeds them names the supply that runs on battery', async () => {
  supply.status = 'OL';
  await sweepSources();
  expect(checkOf(await house.device(technician, supplyId), 'power')).toMatchObject({ state: 'good', words: { zh: '市电供电，电量 87%，可供电 21 分钟' } });
  supply.status = 'OB DISCHRG';
  await sweepSources();
  const { items } = await house.get(operator, contract.selfCheck);
  expect(items.find(({ key }) => key === 'working_state')).toMatchObject({ inOrder: false, words: { zh: expect.stringContaining('市电中断') } });
});

test('[RES-4.1.2 TELEMETRY] a fault of the system that nobody acknowledges goes up to the next', async () => {
  supply.status = 'OL';
  await sweepSources();
  supply.status = 'OB LB';
  await sweepSources();
  const alarm = await systemAlarm();
  const told = async () => (await house.get(auditor, alarmTrail, { params: { alarmId: alarm?.alarmId ?? '' } })).notices.filter(({ hop }) => hop > 0);
  expect(await told()).toEqual([]);
  for (let step = 0; step < 3; step += 1) {
    house.later(20 * minuteMs);
    await house.runJob('notifications.deadlines');
  }
  expect((await told()).length).toBeGreaterThan(0);
});

test('[GEN-5.1.2 TELEMETRY] a device that was stopped stands in the one queue of alarms, with its name and time', async () => {
  supply.status = 'OL';
  await sweepSources();
  expect(await systemAlarm()).toBeUndefined();
  await new Promise<void>((resolve) => {
    nut.close(() => resolve());
    supply.connections.forEach((socket) => socket.destroy());
  });
  await sweepSources();
  await sweepSources();
  const { now } = await house.get(technician, contract.board);
  const alarm = await systemAlarm();
  expect(alarm?.sentence.zh).toContain('没有应答');
  expect(now - (alarm?.raisedAt ?? 0)).toBeLessThan(minuteMs);
});

test('[BRN-A3.1.2 TELEMETRY] the item about system data names a clock that is wrong', async () => {
  // The clock of the test was set hours ahead: so far the true time is behind it.
  await sweepSources();
  const { clock } = await house.get(technician, contract.board);
  expect(clock?.wrong).toBe(true);
  const { items } = await house.get(operator, contract.selfCheck);
  expect(items.find(({ key }) => key === 'system_data')).toMatchObject({ inOrder: false, words: { zh: expect.stringContaining('本机时间快') } });
  serverAheadMs = (clock?.offsetMs ?? 0);
  await sweepSources();
  expect(Math.abs((await house.get(technician, contract.board)).clock?.offsetMs ?? 9_999)).toBeLessThan(1_000);
});

test('a worker that was killed costs one look and nobody else anything', async () => {
  const { cameraId } = house.camera('blur');
  const look = () => house.get(technician, contract.lookNow, { params: { cameraId } });
  await look();
  const recording = house.room.video.status()?.cameras.filter(({ state }) => state === 'recording').length;
  house.room.health.stopWorker();
  expect((await look()).checks.some(({ state }) => state === 'bad')).toBe(true);
  expect(house.room.video.status()?.cameras.filter(({ state }) => state === 'recording').length).toBe(recording);
});

test('stills are no key to other pictures, and reference pictures are not for everybody', async () => {
  expect((await house.ask(technician, contract.still, { params: { sha256: 'a'.repeat(64) } })).status).toBe(404);
  const { cameraId } = house.camera('blur');
  expect((await house.ask(operator, contract.keepReference, { params: { cameraId }, body: {} })).status).toBe(403);
  expect((await house.ask(await house.signIn('system_administrator'), contract.still, { params: { sha256: 'a'.repeat(64) } })).status).toBe(403);
});
