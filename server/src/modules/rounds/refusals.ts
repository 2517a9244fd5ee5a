/** Every "no" of watch rounds. */
import { declareRefusals } from '../../base/refusal.ts';

export const roundsRefusals = declareRefusals('rounds', {
  camera_unknown: { kind: 'not_found', zh: '没有这台摄像机，可能已撤除。', en: 'There is no such camera; it may have been retired.' },
  post_unknown: { kind: 'not_found', zh: '没有这个岗位。', en: 'There is no such post.' },
  position_unknown: { kind: 'not_found', zh: '没有这个重点部位，可能已移除。', en: 'There is no such position; it may have been removed.' },
  position_twice: { kind: 'conflict', zh: '这台摄像机已是重点部位“{name}”。', en: 'This camera is the important position "{name}" already.' },
  not_watched: { kind: 'conflict', zh: '您还没有看过“{name}”的实时画面，请先打开画面再标记。', en: 'You have not watched "{name}" live yet: open its picture first, then mark it.' },
  text_needed: { kind: 'invalid', zh: '标记异常请写明看到的情况。', en: 'Say what was seen when you mark something abnormal.' },
  on_post_only: { kind: 'forbidden', zh: '在岗人员才能标记。', en: 'Only who is on post marks.' },
});
