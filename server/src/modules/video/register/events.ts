/** Facts of the register, of discovery, of recorders and of plans. No position and no view in words stands in a fact: reports carry facts. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';
import { fieldWords, purposeWords, zoneWords } from './words.ts';
import { onvifSentences } from '../onvif/sentences.ts';

const text = z.string();
const theCamera = { cameraId: text, camera: text };
const sha256 = text.nullable();

export const entryWritten = declareEvent({
  kind: 'video.register_written', version: 1, personal: [],
  body: z.object({ ...theCamera, changed: z.array(text), purpose: text.nullable(), zoneType: text.nullable(), filingNumber: text, active: z.boolean(), /** Of position and view in words: proves later what stood there. */ hiddenSha256: text }),
  sentence: { zh: '登记 {camera} 台账：{changed}', en: 'Register entry of {camera} written: {changed}' }, words: { changed: fieldWords, purpose: purposeWords, zoneType: zoneWords },
});
export const purposeChanged = declareEvent({
  kind: 'video.purpose_changed', version: 1, sensitive: true, personal: [], body: z.object({ ...theCamera, before: text, after: text, approvalId: text }),
  sentence: { zh: '{camera} 用途由“{before}”变更为“{after}”', en: 'Purpose of {camera} changed from "{before}" to "{after}"' }, words: { before: purposeWords, after: purposeWords },
});
export const activated = declareEvent({
  kind: 'video.camera_activated', version: 1, personal: [], body: z.object({ ...theCamera, purpose: text }),
  sentence: { zh: '启用 {camera}，用途“{purpose}”', en: '{camera} activated for "{purpose}"' }, words: { purpose: purposeWords },
});
export const positionsSeen = declareEvent({
  kind: 'video.positions_seen', version: 1, personal: [], body: z.object({ what: z.enum(['entry', 'plan', 'plans']), cameras: z.int(), name: text }),
  sentence: { zh: '查看摄像机位置：{name}', en: 'Positions of cameras looked at: {name}' }, words: { what: { entry: { zh: '台账', en: 'entry' }, plan: { zh: '平面图', en: 'plan' }, plans: { zh: '平面图', en: 'plans' } } },
});
export const pictureKept = declareEvent({
  kind: 'video.register_picture_kept', version: 1, personal: [], body: z.object({ ...theCamera, what: z.enum(['view', 'sign']), sha256: text, before: sha256 }),
  sentence: { zh: '登记 {camera} 的{what}', en: '{camera}: {what} kept' }, words: { what: fieldWords },
});
export const retentionFollowed = declareEvent({
  kind: 'video.retention_followed', version: 1, personal: [], body: z.object({ ...theCamera, before: z.int(), after: z.int(), cite: text.nullable() }),
  sentence: { zh: '{camera} 录像保存由 {before} 天改为 {after} 天', en: 'Footage of {camera} is kept {after} days instead of {before}' },
});
export const viewChanged = declareEvent({
  kind: 'video.view_changed', version: 1, personal: [], body: z.object({ ...theCamera, turned: z.boolean() }),
  sentence: { zh: '{camera} 朝向与核准不符', en: '{camera} looks elsewhere than approved' },
});
export const viewRestored = declareEvent({
  kind: 'video.view_restored', version: 1, personal: [], body: z.object(theCamera), sentence: { zh: '{camera} 朝向已恢复', en: '{camera} looks as approved again' },
});
export const clockWrong = declareEvent({
  kind: 'video.camera_clock_wrong', version: 1, personal: [], body: z.object({ ...theCamera, seconds: z.number() }), sentence: { zh: '{camera} 时间不准，相差 {seconds} 秒', en: 'The clock of {camera} is {seconds} s off' },
});
export const clockSet = declareEvent({
  kind: 'video.camera_clock_right', version: 1, personal: [], body: z.object(theCamera), sentence: { zh: '{camera} 时间已校准', en: 'The clock of {camera} is right again' },
});
export const camerasImported = declareEvent({
  kind: 'video.cameras_imported', version: 1, sensitive: true, personal: [], body: z.object({ added: z.int(), refused: z.int() }), sentence: { zh: '从文件导入摄像机 {added} 路，未导入 {refused} 行', en: '{added} cameras brought in from a file, {refused} lines not' },
});
export const networkSearched = declareEvent({
  kind: 'video.network_searched', version: 1, personal: [], body: z.object({ found: z.int() }), sentence: { zh: '在网络中搜索摄像机，发现 {found} 台', en: 'Network searched for cameras, {found} found' },
});
export const onvifTested = declareEvent({
  kind: 'video.onvif_tested', version: 1, personal: [], body: z.object({ address: text, outcome: text }), sentence: { zh: '测试 ONVIF 地址 {address}：{outcome}', en: 'ONVIF address {address} tested: {outcome}' }, words: { outcome: onvifSentences },
});
export const deviceAdded = declareEvent({
  kind: 'video.device_added', version: 1, personal: [], body: z.object({ deviceId: text, name: text, brand: text, channels: z.int() }), sentence: { zh: '登记硬盘录像机 {name}，{channels} 个通道', en: 'Recorder {name} registered with {channels} channels' },
});
export const deviceCredentialChanged = declareEvent({
  kind: 'video.device_credential_changed', version: 1, sensitive: true, personal: [], body: z.object({ deviceId: text, name: text, channels: z.int() }), sentence: { zh: '更换硬盘录像机 {name} 的密码', en: 'Credential of recorder {name} changed' },
});
export const deviceChannelsTested = declareEvent({
  kind: 'video.device_channels_tested', version: 1, personal: [], body: z.object({ address: text, count: z.int(), good: z.int() }), sentence: { zh: '测试硬盘录像机 {address} 的 {count} 个通道，{good} 个有画面', en: '{count} channels of recorder {address} tested, {good} with a picture' },
});
export const deviceAway = declareEvent({
  kind: 'video.device_away', version: 1, personal: [], body: z.object({ deviceId: text, name: text }), sentence: { zh: '硬盘录像机 {name} 联系不上', en: 'Recorder {name} cannot be reached' },
});
export const deviceBack = declareEvent({
  kind: 'video.device_back', version: 1, personal: [], body: z.object({ deviceId: text, name: text }), sentence: { zh: '硬盘录像机 {name} 恢复联系', en: 'Recorder {name} can be reached again' },
});
export const planAdded = declareEvent({
  kind: 'video.plan_added', version: 1, personal: [], body: z.object({ planId: text, name: text, sha256: text }), sentence: { zh: '上传平面图 {name}', en: 'Plan {name} put in' },
});
export const planRemoved = declareEvent({ kind: 'video.plan_removed', version: 1, personal: [], body: z.object({ planId: text, name: text }), sentence: { zh: '撤下平面图 {name}', en: 'Plan {name} taken away' } });
export const planPlaced = declareEvent({
  kind: 'video.plan_placed', version: 1, personal: [], body: z.object({ planId: text, name: text, count: z.int() }), sentence: { zh: '在平面图 {name} 上标注摄像机 {count} 台', en: '{count} cameras placed on plan {name}' },
});

export const registerEvents = [
  entryWritten, purposeChanged, activated, positionsSeen, pictureKept, retentionFollowed, viewChanged, viewRestored, clockWrong, clockSet, camerasImported, networkSearched, onvifTested, deviceAdded, deviceCredentialChanged,
  deviceChannelsTested, deviceAway, deviceBack, planAdded, planRemoved, planPlaced,
];
