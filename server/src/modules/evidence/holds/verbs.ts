/** What people may do with holds. Who asks for footage places them by asking; who decides is above the room. */
import { declareVerbs } from '../../../mechanisms/identity/index.ts';

const deciders = ['security_department', 'leader'] as const;

export const holdVerbs = declareVerbs('evidence', {
  'evidence.holds.see': { zh: '查看录像锁定', en: 'see which footage is held', roles: ['shift_leader', 'duty_manager', 'room_manager', 'video_custodian', ...deciders, 'auditor', 'inspector'] },
  'evidence.holds.decide': { zh: '确认、延长、解除录像锁定', en: 'confirm, extend and release holds on footage', roles: [...deciders] },
});
/** For the refusal that says who can extend. */
export const holdDeciders = deciders;
