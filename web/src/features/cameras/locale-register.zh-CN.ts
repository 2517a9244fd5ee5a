/** Words of the register, of import, search, recorders and plans. */
export const registerZh = {
  nav: { label: '摄像机各页', list: '状态', register: '台账', plan: '平面图', recorders: '硬盘录像机', search: '搜索', import: '导入' },
  title: '摄像机台账',
  about: '每一路的用途、区域、位置、备案和保存依据。位置和监视范围仅限需要知道的岗位，每次查看都入账。',
  caption: '摄像机台账',
  empty: '还没有摄像机。',
  purpose: '用途', zone: '区域类型', owner: '责任人', kept: '保存', keptOf: '{{days}} 天 / 应 {{required}} 天', findings: '待处理', fine: '齐全', open: '查看', onlyOpen: '只看有问题的',
  counts: '{{total}} 路，{{wrong}} 路有待处理',
  areas: '看护区域', areasAbout: '场所档案中的区域，以及现在看着它的摄像机。', covered: '已覆盖', gap: '书面缺口：{{gap}}', noAreas: '场所档案还没有列出区域。',
  entry: {
    title: '摄像机台账', findings: '待处理', none: '没有待处理的问题。', fields: '登记内容', position: '安装位置', positionHidden: '仅限需要知道的岗位查看。', view: '监视范围', viewHint: '写明看什么、不看什么。', owner: '责任人', filing: '公安备案编号', filingHint: '用途、区域、位置或范围变更后须重新备案，编号会清空。',
    approval: '批准文号', legalBasis: '法律依据', notice: '告知记录', save: '保存', saved: '已保存。', purposeLocked: '用途已登记，变更须经批准。', askPurpose: '申请变更用途', needPurpose: '请选择用途。', needZone: '请选择区域类型。', forbidden: '禁装区域（{{cite}}）：{{zones}}。',
    askTitle: '申请变更用途', askAct: '提交申请', askReason: '变更理由', asked: '申请已提交，批准后生效。', newPurpose: '新的用途',
    activate: '启用并开始录像', inactive: '尚未启用，不录像。', pictures: '画面与标识', viewPicture: '核准画面', signPicture: '提示标识照片', noPicture: '还没有图片。', choose: '选择图片', keptAt: '登记于 {{time}}', viewNote: '登记核准画面时，球机现在的朝向一并核准。',
    retention: '录像保存', retentionNow: '现保存 {{days}} 天', retentionFollow: '改为 {{days}} 天', device: '设备', model: '{{manufacturer}} {{model}}，固件 {{firmware}}', clock: '时钟差 {{seconds}} 秒', checked: '核对于 {{time}}', turns: '可转动', fixed: '固定', subStream: '子码流', channel: '{{device}} 第 {{channel}} 通道', back: '返回台账',
  },
  import: {
    title: '导入摄像机', about: '从 Excel 或 CSV 读取，逐行核对；正确的行导入，错误的行留下来改。', template: '下载模板', choose: '选择文件', preview: '{{good}} 行正确，{{wrong}} 行有误', act: '导入 {{count}} 行', line: '行', faults: '问题', fineRow: '正确', added: '已导入 {{count}} 路：{{names}}', allDone: '全部导入完成。', caption: '文件中的摄像机', address: '视频地址',
  },
  search: {
    title: '搜索摄像机', about: '在本机所在网络中查找支持 ONVIF 的摄像机，也可直接填写地址。', act: '开始搜索', running: '正在搜索，约 4 秒…', none: '没有找到设备。摄像机可能在别的网段，或未启用 ONVIF；可在下面直接填写地址。', found: '找到 {{count}} 台', caption: '找到的设备', name: '设备', host: '地址', profiles: '规范', known: '已登记为 {{camera}}', use: '使用', manual: '连接与添加', serviceUrl: 'ONVIF 地址', serviceHint: '填写 IP 即可，例如 192.168.1.64。', username: '用户名', password: '密码',
    test: '测试连接', testing: '正在连接，最多约 15 秒…', clock: '设备时钟差 {{seconds}} 秒', streams: '码流', main: '主码流', sub: '子码流', ptz: '可转动', events: '有事件服务', add: '添加并开始录像', name_: '名称', testFirst: '请先测试连接。', needAddress: '请填写地址。',
  },
  recorders: {
    title: '硬盘录像机', about: '已有录像机的通道作为摄像机接入：一个账号，逐个通道测试，一次添加。', empty: '还没有接入硬盘录像机。', add: '接入一台', brand: '品牌', hikvision: '海康威视', dahua: '大华', uniview: '宇视', host: '主机名或 IP', port: 'RTSP 端口', name: '名称', nameHint: '例如：一号楼录像机。', channels: '通道数', channelsRange: '请填 1 到 64 之间的整数。', test: '逐个测试', testing: '正在测试第 {{from}} 至 {{until}} 通道…', channel: '通道', result: '结果', cameraName: '摄像机名称', take: '接入', added: '已接入 {{count}} 路。', act: '接入所选 {{count}} 路', caption: '通道', needHost: '请填写主机名或 IP。', needName: '请填写名称。',
    state: { unknown: '尚未查看', reachable: '联系正常', unreachable: '联系不上' }, age: '{{span}}前查看', credential: '更换密码', credentialTitle: '更换 {{name}} 的密码', credentialText: '设备和它的全部通道同时改用新的账号。', save: '保存', close: '取消', listCaption: '已接入的硬盘录像机',
  },
  plan: {
    title: '平面图', about: '拖动摄像机标注位置；选中后用方向键移动，用 [ ] 转动，用 - = 调整角度。', empty: '还没有平面图。', add: '上传平面图', name: '名称', nameHint: '例如：一层。', choose: '选择图片并上传', remove: '撤下', removeTitle: '撤下平面图“{{name}}”', removeText: '图片和标注不再显示。此操作记入账本。', put: '放到图上', off: '从图上取下', save: '保存标注', saved: '已保存。', unsaved: '有未保存的改动。', cameras: '摄像机', notPlaced: '未标注', direction: '朝向', angle: '角度', x: '横向 %', y: '纵向 %', live: '看实时画面', state: '状态', selected: '所选摄像机', pick: '选择图上的摄像机可查看状态。', canvas: '平面图 {{name}}', mark: '{{camera}}，{{state}}，朝向 {{direction}} 度', zoomFit: '完整显示',
  },
};
