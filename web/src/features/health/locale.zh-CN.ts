/** Words of the state of devices, Chinese. */
export const zh = {
  title: '设备状态', about: '每台设备能否工作、画面是否清楚，多久前看过。', caption: '设备', search: '设备', empty: '还没有设备状态；巡检每 10 秒进行一次。',
  device: '设备', grade: '等级', state: '情况', day: '24 小时完好率', month: '30 天完好率', act: '画面', good: '良好', fair: '欠佳', poor: '不能工作', unknown: '无法判断', stale: '状态已过时',
  keep: '保存为基准画面', kept: '基准画面：{{time}}', none: '没有基准画面', wellAll: '全部正常', room: '全室完好率', target: '目标 {{percent}}%', degraded: '低于目标或有设备不能工作', inOrder: '达到目标',
  clock: '本机时间', clockUnknown: '没有时间服务器应答', clockOff: '{{seconds}} 秒', troubles: '近 7 天的异常', noTroubles: '近 7 天没有异常。', what: '异常', from: '开始', until: '结束', lasting: '仍在持续', duty: '当班', shift: '第 {{number}} 班', still: '看画面', since: '自何时', broken: '不能工作', weak: '欠佳', stillOf: '{{device}}的异常画面',
  source: {
    title: '授时服务器和电源', time_server: '授时服务器', ups: '不间断电源（NUT）', kind: '类型', name: '名称', host: '地址', port: '端口', unit: '电源在 NUT 服务器上的名称', must: '请填写', add: '添加', acts: '操作', remove: '移除', removeText: '移除“{{name}}”后不再查看它的状态，正在持续的异常随之结束。', added: '添加', notAsked: '稍后显示',
    empty: '还没有授时服务器和电源。没有授时服务器，就不能发现本机时间不准。', emptyOther: '还没有授时服务器和电源；由系统管理员添加。',
  },
};
