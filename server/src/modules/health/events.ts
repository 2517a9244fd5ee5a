/** Facts of health. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../mechanisms/ledger/index.ts';
import { checkWords } from './words.ts';

const text = z.string();
const words = z.object({ zh: text, en: text });
const trouble = { troubleId: text, deviceId: text, kind: text, device: text, check: text, words };
const ofChecks = { check: checkWords };
const source = { sourceId: text, kind: text, name: text, host: text };
const sourceWords = { kind: { time_server: { zh: '时间服务器', en: 'time server' }, ups: { zh: '不间断电源', en: 'power supply' } } };

export const events = {
  troubleBegun: declareEvent({
    kind: 'health.trouble_begun', personal: ['onPost'], body: z.object({ ...trouble, from: z.int(), still: text.nullable(), shift: z.int().nullable(), onPost: z.array(text) }), sentence: { zh: '设备异常：{device}，{words.zh}', en: 'Trouble of {device}: {words.en}' }, words: ofChecks,
  }),
  troubleOver: declareEvent({ kind: 'health.trouble_over', body: z.object({ ...trouble, from: z.int(), until: z.int() }), sentence: { zh: '设备恢复：{device}，{check}', en: '{device} is well again: {check}' }, words: ofChecks }),
  deviceMissing: declareEvent({
    kind: 'health.device_missing', personal: ['onPost'], body: z.object({ ...trouble, from: z.int(), shift: z.int().nullable(), onPost: z.array(text) }), sentence: { zh: '设备持续失联，未见拆除、带出申请：{device}', en: '{device} has been gone for too long and nobody asked to remove it' },
  }),
  checksUnavailable: declareEvent({ kind: 'health.checks_unavailable', body: z.object({ reason: words }), sentence: { zh: '{reason.zh}', en: '{reason.en}' } }),
  picturesLooked: declareEvent({
    kind: 'health.pictures_looked', body: z.object({ cameras: z.int(), bad: z.int(), unreadable: z.int(), from: z.int(), until: z.int() }), sentence: { zh: '画面检查：{cameras} 路，异常 {bad} 项', en: 'Pictures checked: {cameras} cameras, {bad} findings' },
  }),
  devicesLooked: declareEvent({
    kind: 'health.devices_looked', body: z.object({ devices: z.int(), poor: z.int(), from: z.int(), until: z.int() }), sentence: { zh: '设备状态巡检：{devices} 台，不能工作 {poor} 台', en: 'State of devices polled: {devices} devices, {poor} not working' },
  }),
  referenceKept: declareEvent({
    kind: 'health.reference_kept', personal: ['name', 'note'], body: z.object({ referenceId: text, cameraId: text, camera: text, sha256: text, name: text, note: text }), sentence: { zh: '{name}保存{camera}的基准画面 {note}', en: '{name} kept the reference picture of {camera} {note}' },
  }),
  sourceAdded: declareEvent({ kind: 'health.source_added', body: z.object(source), sentence: { zh: '添加{kind}：{name}（{host}）', en: '{kind} added: {name} ({host})' }, words: sourceWords }),
  sourceRemoved: declareEvent({ kind: 'health.source_removed', body: z.object(source), sentence: { zh: '移除{kind}：{name}（{host}）', en: '{kind} removed: {name} ({host})' }, words: sourceWords }),
};

export const healthEvents: readonly EventDeclaration[] = Object.values(events);
