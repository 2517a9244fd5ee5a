/** Every "no" of stops. */
import { declareRefusals } from '../../../base/refusal.ts';

export const refuse = declareRefusals('stops', {
  unknown: { kind: 'not_found', zh: '没有这次停录，可能已结束。', en: 'There is no such stop; it may be over.' },
  not_allowed: { kind: 'forbidden', zh: '本室的规定不允许计划停录。', en: 'The rules of this room allow no planned stop.' },
  too_soon: { kind: 'invalid', zh: '停录须提前 {hours} 小时申请；确属紧急请勾选“紧急”，审批人会看到。', en: 'A stop is asked for {hours} hours ahead; if it cannot wait, mark it as urgent, and those who agree will see it.' },
  span_wrong: { kind: 'invalid', zh: '结束时间必须晚于开始时间，且一次最长 {hours} 小时。', en: 'The end must be after the begin, at most {hours} hours in one stop.' },
  past: { kind: 'invalid', zh: '停录的结束时间已过。', en: 'The end of the stop has passed.' },
  cameras_wrong: { kind: 'invalid', zh: '请选择要停录的摄像机（整台录像机或全室停录时不选）。', en: 'Choose the cameras to stop; none where the recorder or the whole room is meant.' },
  by_signer: { kind: 'forbidden', zh: '审批人不能自己执行停录，请由他人执行。', en: 'Whoever agreed to a stop does not carry it out: another person must.' },
  running_already: { kind: 'conflict', zh: '这里已在停录中。', en: 'Recording is stopped here already.' },
  still_recorded: { kind: 'conflict', zh: '这台摄像机正在录像。撤除会使录像停止，请先申请停录，在获准的时段内停录后再撤除。', en: 'This camera is being recorded, and retiring it would stop that: ask for a stop, and retire it while it is stopped with approval.' },
});
