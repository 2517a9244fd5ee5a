/** Rules that the board holds, each at one place. */
import { declareControl } from '../../base/control.ts';

export const purposesShown = declareControl({
  name: 'compliance.purposes_shown',
  holds: { zh: '制度的每个目的都有指标和目标，没有的列为缺口', en: 'each purpose of a regulation has figures with targets; one without shows as a gap' },
  pairs: [
    'SAF-1.2 DASH', 'COR-1.2 DASH', 'GEN-1.2 DASH', 'ART-1 DASH', 'ART-3.1 DASH', 'ART-3.3 DASH', 'ART-3.4 DASH', 'RES-1.1 DASH', 'CO2-1.1 DASH', 'SC2-1 DASH', 'BRN-1 DASH',
  ],
});
export const belowTargetFlagged = declareControl({
  name: 'compliance.below_target_flagged',
  holds: { zh: '低于目标的指标被标出', en: 'a figure that misses its target is flagged' },
  pairs: ['ART-13.2.2 DASH'],
});
export const camerasBelowTarget = declareControl({
  name: 'compliance.cameras_below_target',
  holds: { zh: '列出每台摄像机的完整率和中断', en: 'completeness and gaps of each camera are listed' },
  pairs: ['SAF-3.1.4 DASH', 'COR-2.1.5 DASH', 'COR-2.1.5 RECORDING'],
});
export const roomDegraded = declareControl({
  name: 'compliance.room_degraded',
  holds: { zh: '关键设备停止时监控室标为降级', en: 'the room is marked degraded while a critical device is down' },
  pairs: ['SEC-6.5 DASH'],
});
export const dutiesShown = declareControl({
  name: 'compliance.duties_shown',
  holds: { zh: '每项任务显示已做或未做', en: 'each duty shows as done or missing' },
  pairs: ['BUS-1.1.2 DASH', 'RES-3.3 DASH'],
});
export const peopleScored = declareControl({
  name: 'compliance.people_scored',
  holds: { zh: '每月按平台数据计算每名值班员的履职得分', en: 'a monthly score of each operator from figures of the platform' },
  pairs: ['BUS-1.3.6 DASH'],
});

export const inspectedYetOffline = declareControl({
  name: 'compliance.inspected_yet_offline',
  holds: { zh: '列出检查为正常而后无画面的设备', en: 'a device that was inspected as normal and lost its picture afterwards is listed' },
  pairs: ['SEC-6.2.2 DASH'],
});

export const ownDutiesOnly = declareControl({
  name: 'compliance.own_duties_only',
  holds: { zh: '每个岗位只看到制度对自己的要求', en: 'each role is shown what the regulations ask of it, and no more' },
  pairs: ['RES-2 PROFILE'],
});

export const complianceControls = [purposesShown, belowTargetFlagged, camerasBelowTarget, roomDegraded, dutiesShown, peopleScored, inspectedYetOffline, ownDutiesOnly] as const;
