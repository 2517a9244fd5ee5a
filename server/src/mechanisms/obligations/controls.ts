/** Rules of the forms; that each kind is done in its window is held by the control of the kind. */
import { declareControl } from '../../base/control.ts';

export const nothingBlank = declareControl({
  name: 'obligations.nothing_blank', holds: { zh: '检查表有空项不能提交', en: 'A form with blank items cannot be submitted' },
  pairs: ['COR-3.5.2 INSPECT', 'BRN-A1.9.2 PROFILE'],
});
export const findingNeedsResult = declareControl({
  name: 'obligations.finding_needs_result', holds: { zh: '没有处理结果不能销项', en: 'A finding cannot be closed without its result' },
  pairs: ['COR-3.5.3 INSPECT'],
});
export const ownKindOnly = declareControl({
  name: 'obligations.own_kind_only', holds: { zh: '检查只能由规定的岗位完成', en: 'A check is done by those whose duty it is' },
  pairs: ['RES-7.4.1 ACCOUNT', 'RES-7.4.1 INSPECT', 'RES-7.4.3 PROFILE'],
});
export const quarterHoldsMonth = declareControl({
  name: 'obligations.quarter_holds_month', holds: { zh: '季检包含全部月检项目', en: 'The quarterly list holds every monthly item' },
  pairs: ['BRN-A3.4.1 INSPECT'],
});
export const doerIsNotReviewer = declareControl({
  name: 'obligations.doer_is_not_reviewer', holds: { zh: '检查人与复核人不是同一人', en: 'Who did it does not review it' },
  pairs: [],
});

/** What is found becomes a matter of somebody with a deadline, in the same act. */
export const findingsHaveOwner = declareControl({
  name: 'obligations.findings_have_owner', holds: { zh: '检查发现的问题即有责任人和期限', en: 'what is found has somebody who sees to it, and a deadline' },
  pairs: ['COR-2.3.2 INSPECT', 'RES-4.5.2 INSPECT', 'BRN-A3.3.8 INSPECT', 'BRN-A3.5.2 INSPECT', 'BRN-A3.5.3 INSPECT', 'BRN-A3.5.4 INSPECT', 'BRN-A3.5.5 INSPECT', 'BRN-A3.5.6 INSPECT'],
});
/** Past its deadline it goes up, level by level. */
export const findingsOverdue = declareControl({
  name: 'obligations.findings_overdue', holds: { zh: '到期未处理的问题逐级上报', en: 'a finding past its deadline goes up, level by level' },
  pairs: ['COR-2.3.2 INSPECT'],
});

export const formControls = [nothingBlank, findingNeedsResult, findingsHaveOwner, findingsOverdue, ownKindOnly, quarterHoldsMonth, doerIsNotReviewer] as const;
