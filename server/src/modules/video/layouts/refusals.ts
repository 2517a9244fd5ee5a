/** Every "no" of the wall. */
import { declareRefusals } from '../../../base/refusal.ts';

export const refuse = declareRefusals('wall', {
  layout_unknown: { kind: 'not_found', zh: '没有这个布局，可能已被删除。', en: 'There is no such layout; it may have been removed.' },
  layout_name_taken: { kind: 'conflict', zh: '本岗位已有名为“{name}”的布局，请换一个名称或改存到那个布局。', en: 'This post has a layout "{name}" already; choose another name or save to that one.' },
  layout_camera_unknown: { kind: 'invalid', zh: '布局中有不属于本监控室的摄像机，可能已撤除。', en: 'The layout names a camera that is not of this room; it may have been retired.' },
  layout_camera_twice: { kind: 'invalid', zh: '同一路摄像机不能放在两个位置。', en: 'A camera stands at one place only.' },
  layout_changed: { kind: 'conflict', zh: '这个布局刚被别人修改，请重新打开后再改。', en: 'Somebody changed this layout meanwhile; open it again.' },
  pin_off_screen: { kind: 'invalid', zh: '固定的画面必须在第一屏。', en: 'A pinned picture must stand on the first screen.' },
  guest_not_yours: { kind: 'forbidden', zh: '有外来人员时显示什么，由班长以上人员设定。', en: 'What outsiders may see is set by the shift leader or above.' },
  cover_time_wrong: { kind: 'invalid', zh: '遮屏时间在将来，请检查本机时钟。', en: 'The moment of the cover lies in the future; check the clock of this machine.' },
  covered: { kind: 'forbidden', zh: '画面已遮：有外来人员在场，此路不在访客布局中。', en: 'The wall is covered: outsiders are present and this camera is not in the guest layout.' },
});
