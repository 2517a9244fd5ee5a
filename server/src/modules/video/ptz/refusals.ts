/** Every "no" of turning a camera. */
import { declareRefusals } from '../../../base/refusal.ts';

export const refuse = declareRefusals('ptz', {
  does_not_turn: { kind: 'conflict', zh: '这台摄像机没有云台，或没有通过 ONVIF 登记。', en: 'This camera cannot be turned, or was not registered by ONVIF.' },
  held: { kind: 'conflict', zh: '{name}正在控制这台摄像机，请稍后再试或请其释放。', en: '{name} is turning this camera; wait, or ask them to release it.' },
  locked: { kind: 'conflict', zh: '{name}已锁定这台摄像机的方向，{minutes} 分钟后自动释放。', en: '{name} has locked the direction of this camera; it is released by itself in {minutes} min.' },
  camera_silent: { kind: 'unavailable', zh: '摄像机没有执行转动，可能联系不上。', en: 'The camera did not turn; it may be out of reach.' },
});
