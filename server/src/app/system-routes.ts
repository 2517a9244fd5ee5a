/** Routes of the machine itself: liveness, figures, certificate, health. */
import { existsSync, readFileSync } from 'node:fs';
import * as contract from '../../../contract/system.ts';
import type { Config } from '../base/config.ts';
import { declareRefusals } from '../base/refusal.ts';
import { dayMs, secondMs } from '../base/units.ts';
import { declareVerbs, guarded, open } from '../mechanisms/identity/index.ts';
import type { Checkpointer } from '../mechanisms/ledger/index.ts';
import type { createVideo } from '../modules/video/index.ts';
import type { Metrics } from '../platform/http/metrics.ts';
import { tlsFiles } from '../platform/tls/local-settings.ts';
import { version } from './version.ts';

export const systemRefusals = declareRefusals('system', {
  no_authority: { kind: 'not_found', zh: '本机没有建立证书颁发机构。', en: 'No local authority was made on this machine.' },
});

export const systemVerbs = declareVerbs('system', {
  'system.metrics.see': { zh: '查看运行指标', en: 'see the figures of the machine', roles: ['system_administrator', 'technician'] },
  'system.health.see': { zh: '查看录像与存储状态', en: 'see the state of recording and storage', roles: ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager', 'technician', 'video_custodian', 'security_department', 'system_administrator'] },
});

const bitsPerByte = 8;

export interface SystemParts {
  config: Config;
  metrics: Metrics;
  video: ReturnType<typeof createVideo>;
  checkpointer: Pick<Checkpointer, 'troubles'>;
}

const healthOf = async ({ video, checkpointer }: Pick<SystemParts, 'video' | 'checkpointer'>, siteId: string) => {
  const status = video.status();
  const trouble = checkpointer.troubles().get(siteId);
  const ledgerTrouble = trouble === undefined ? null : { zh: trouble.zh, en: trouble.en };
  if (status === null) return { recorder: 'away' as const, camerasRecording: 0, camerasTotal: 0, storages: [], daysLeft: null, keeps: null, ledgerTrouble };
  const wanted = status.cameras.filter((camera) => camera.state !== 'off');
  const bytesPerDay = (wanted.reduce((sum, camera) => sum + camera.bitsPerSecond, 0) / bitsPerByte) * (dayMs / secondMs);
  const freeBytes = status.storages.filter((one) => one.usable).reduce((sum, one) => sum + one.freeBytes, 0);
  return {
    recorder: 'present' as const,
    camerasRecording: wanted.filter((camera) => camera.state === 'recording').length,
    camerasTotal: wanted.length,
    storages: status.storages.map(({ usable, reason, freeBytes: free, totalBytes }) => ({ usable, reason, freeBytes: free, totalBytes })),
    daysLeft: bytesPerDay === 0 ? null : freeBytes / bytesPerDay,
    keeps: await video.storageForecast(),
    ledgerTrouble,
  };
};

export const systemRoutes = ({ config, metrics, video, checkpointer }: SystemParts) => [
  open(contract.alive, async () => ({ alive: true as const, version })),
  open(contract.authority, async () => {
    const file = tlsFiles(config.dataFolder).authorityCert;
    if (!existsSync(file)) throw systemRefusals('no_authority');
    return { contentType: 'application/x-x509-ca-cert', headers: { 'content-disposition': 'attachment; filename="vigil-authority.crt"' }, body: readFileSync(file) };
  }),
  guarded(contract.metrics, 'system.metrics.see', async () => {
    const ofRecorder = await video.recorderMetrics().catch(() => '');
    return { contentType: metrics.registry.contentType, body: `${await metrics.registry.metrics()}${ofRecorder}` };
  }),
  guarded(contract.health, 'system.health.see', async (_call, caller) => healthOf({ video, checkpointer }, caller.siteId)),
];
