/** Words of watch rounds, Chinese. */
export const zh = {
  title: '重点巡看', about: '先在画面墙上看过实时画面，再在这里标记；每个部位至少看 {{seconds}} 秒。', positions: '重点部位', empty: '还没有重点部位，请班长或主管添加。', position: '部位', who: '由谁看', everybody: '当班人员', due: '待看', viewed: '已看', rushed: '看得过短', state: '本轮', last: '上次', until: '本轮到', mark: '标记',
  observed: '正常', abnormal: '异常', seen: '看到的情况', save: '写入日志', cancel: '取消', never: '还没有看过', coverage: '每小时完成率', hour: '{{time}} 起：应看 {{due}} 次，完成 {{percent}}%', hourNone: '{{time}} 起：没有应看的', target: '目标 {{percent}}%', allReached: '{{hours}} 个小时都达到 {{percent}}%。', underTarget: '{{hours}} 个小时中有 {{count}} 个未达到 {{percent}}%。', must: '请填写', noHours: '近 24 小时没有到时的巡看。', missed: '漏看和过短', noMissed: '近 24 小时没有漏看。', outcome: '结果', outcomeMissed: '漏看', duty: '当班', add: '添加部位', camera: '摄像机', name: '名称', remove: '移除', choose: '请选择',
};
