/** Made by build.ts from source.ts; not edited by hand. 1838 words in order of guessing. */
export const chineseWords: readonly string[] = `
woaini 5201314 1314 520 123456 888888 666666 168168 147258369 147258 159357 1qaz2wsx qazwsx qazwsxedc qweasd qweasdzxc zxcvbnm asdfghjkl qwertyuiop
1q2w3e4r 1qaz 2wsx 3edc zaq12wsx 112233 121212 123123 321321 654321 987654321 woaini1314 woaini520 woaini521 521 1314520 7758521 5211314 110110 119119
abc123 aini aini1314 nihao zhongguo wodemima mima mima123 123qwe qwe123 asd123 a123456 aa123456 admin administrator root guest user test password
passwd pass111 letmein welcome vigil zhishou hikvision haikang dahua uniview yushi tiandy tianwei dvr nvr ipcamera ipc camera cctv monitor guard
security operator shuju xitong laoban laopo laogong baobei qinaide mama baba jiayou fuck iloveyou loveyou love wo ni ta women hao shi bu zai you haha
hehe heihei hahaha xixi jiankong jiankongshi jiankongzhongxin jiankongyuan jiankongzhiban zhiban zhibanyuan zhibanshi baoan baoandui baoanshi anbao
anbaobu anquan anquanbu anquandiyi xiaofang xiaofangkongzhishi xiaokong xiaokongshi zhongkong zhongkongshi zhihuizhongxin diaodu diaodushi guanliyuan
xitongguanliyuan chaojiguanliyuan guanli zhuguan banzhang duizhang jingli lingdao zhuren chuchang kezhang juchang suochang yuanzhang xiaozhang
zhanzhang changzhang zongjingli dongshizhang jishuyuan caozuoyuan caozuo shexiangtou shexiangji shexiang luxiang luxiangji yingpanluxiangji shipin
shipinjiankong haikangweishi tiandiweiye menjin baojing baojingqi xungeng xunluo duijiang jifang wangluo fuwuqi diannao zhanghao kouling denglu yonghu
gongsi yiyuan xuexiao daxue zhongxue xiaoxue youeryuan yinhang chezhan keyunzhan qichezhan huochezhan gaotiezhan ditiezhan ditie jichang gangkou matou
shangchang chaoshi jiudian binguan xiaoqu wuye tingchechang tingche damen dongmen ximen nanmen beimen dating houcheshi houcheting shoupiaoting
xingbaofang cangku dianti loudao bangongshi bangonglou shitang sushe gongchang chejian paichusuo gongan gonganju jingcha jiaojing jiaotong zhengfu
fayuan jianchayuan jianyu kanshousuo dianchang shuichang jiayouzhan dongmenkeyunzhan yihaojiankongshi yihao erhao sanhao zongzhan fenzhan zhongxin
pingan pinganchengshi xuelianggongcheng tianwang zhihui zhineng shebei gongcheng weihu weixiu ceshi moren chushi linshi gonggong gongxiang
woainiyishengyishi yishengyishi woxiangni wodeai wodejia woshishui nishishui ainiyiwannian erzi nver yeye nainai jiejie didi meimei gege shengrikuaile
kuaile xingfu jiankang facai gongxifacai dajidali wanshiruyi yifanfengshun yilupingan yilushunfeng yilufa haoyun nuli fendou chenggong shengli yongyuan
yongyuanaini tianchangdijiu tiantianxiangshang haohaoxuexi xinxiangshicheng zhonghua zhongguoren zuguo zhonghuarenmingongheguo weirenminfuwu changcheng
changjiang huanghe gugong tiananmen aoyun shijie diqiu taiyang yueliang xingxing tiankong dahai lantian baiyun yangguang chuntian xiatian qiutian
dongtian chunxiaqiudong jintian mingtian zuotian shangwu xiawu zaoshang wanshang xinnian xinniankuaile chunjie guoqing zhongqiu yuandan xingqiyi
xingqitian yiyue shiyue niunian hunian longnian manian long fenghuang laohu xiongmao xiaomao xiaogou daxiongmao zhuzhu xiaozhu xiaoyu hongse lanse lvse
heise baise pingguo xiangjiao xigua mifan miantiao jiaozi huoguo chaye pijiu xiangyan shouji dianhua weixin zhifubao taobao baidu tengxun huawei xiaomi
wangzherongyao yingxionglianmeng moshoushijie menghuanxiyou feiji huoche qiche zixingche kaimen guanmen kaiji guanji kaixin pengyou xiongdi tongxue
tongshi laoshi xuesheng yisheng hushi gongren nongmin siji junren zhanyou zhongguoyidong zhongguoliantong zhongguodianxin yidong liantong dianxin
youxiangongsi jituan keji dianzi xinxi shiye dongnanxibei dongfeng hongqi jiefang jiefangjun heping jianshe fazhan renmin geming guangming xiwang
weilai mengxiang zhongguomeng ziyou minzhu hexie wenming fuqiang yonggan jianqiang xiangxin ziji xiangxinziji meiyou buzhidao suibian wusuowei wangjile
bugaosuni yiersansiwu yiersan saneryi siwuliu qibajiu shangshandalaohu zhimakaimen tianwanggaidihu chuangqianmingyueguang yishidishangshuang
jutouwangmingyue ditousiguxiang bairiyishanjin chunmianbujuexiao gengshangyicenglou qianlizhixing shaozhuangbunuli wang li zhang liu chen yang huang
zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han deng feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng
wei su lv ding ren lu yao shen zhong cui tan fan liao jin jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan duan lei tao mao gu gong shao wan
qian dai kong xiang ouyang shangguan zhuge sima beijing shanghai guangzhou shenzhen chongqing chengdu tianjin wuhan hangzhou nanjing xian zhengzhou
changsha shenyang qingdao suzhou dongguan foshan ningbo jinan hefei kunming dalian xiamen haerbin changchun shijiazhuang fuzhou nanning guiyang
nanchang taiyuan lanzhou haikou wulumuqi huhehaote yinchuan xining lasa xianggang aomen taibei taiwan wuxi changzhou xuzhou nantong yangzhou yancheng
taizhou zhenjiang huaian lianyungang suqian wenzhou jiaxing shaoxing jinhua huzhou quzhou lishui zhoushan quanzhou zhangzhou putian longyan sanming
nanping ningde yantai weifang linyi jining zibo weihai taian liaocheng dezhou heze zaozhuang rizhao binzhou dongying tangshan baoding handan langfang
cangzhou xingtai qinhuangdao zhangjiakou chengde hengshui luoyang nanyang xinxiang xuchang kaifeng anyang shangqiu zhoukou xinyang pingdingshan
zhumadian jiaozuo puyang luohe sanmenxia hebi yichang xiangyang jingzhou huangshi shiyan xiaogan huanggang jingmen xianning suizhou enshi zhuzhou
xiangtan hengyang yueyang changde chenzhou shaoyang yiyang yongzhou huaihua loudi zhangjiajie huizhou zhuhai zhongshan jiangmen zhanjiang maoming
shantou zhaoqing jieyang meizhou qingyuan shaoguan yangjiang heyuan chaozhou shanwei yunfu liuzhou guilin yulin beihai wuzhou guigang qinzhou sanya
mianyang deyang yibin nanchong luzhou leshan dazhou neijiang zigong meishan panzhihua suining guangan guangyuan yaan bazhong ziyang zunyi bijie tongren
anshun liupanshui qujing yuxi dali lijiang baoshan zhaotong honghe xianyang baoji weinan hanzhong yanan ankang shangluo tongchuan tianshui jiuquan
zhangye wuwei qingyang pingliang jiayuguan baotou chifeng eerduosi tongliao daqing qiqihaer mudanjiang jiamusi jilin siping yanbian anshan fushun
jinzhou yingkou dandong panjin huludao benxi liaoyang fuxin tieling chaoyang datong yuncheng linfen changzhi jinzhong jincheng xinzhou lvliang yangquan
shuozhou jiujiang ganzhou shangrao yichun jian jingdezhen pingxiang xinyu yingtan wuhu bengbu fuyang anqing luan chuzhou maanshan huainan huaibei
tongling bozhou xuancheng huangshan chizhou hebei shanxi liaoning heilongjiang jiangsu zhejiang anhui fujian jiangxi shandong henan hubei hunan
guangdong guangxi hainan sichuan guizhou yunnan gansu qinghai ningxia xinjiang xizang neimenggu pudong chaoyangqu haidian dongcheng xicheng fengtai
nanshan futian tianhe yuexiu yiwu kunshan jiangyin zhangjiagang changshu cixi jinjiang shunde kuerle kashen yili na min jing qiang jun yong jie juan
ming chao xiuying xiulan ping gang guiying jianguo jianhua jianjun jianping guoqiang guodong zhiqiang zhiming zhiwei zhigang haitao haiyan haijun haibo
xiaodong xiaoming xiaoli xiaoyan xiaohong xiaojun xiaolong hongmei chunmei chunyan guilan guihua yulan yumei yuzhen yuhua shuzhen shuhua shufen xiuzhen
xiufang xiuhua lihua lijuan lili tingting nana dandan yuanyuan qianqian huanhuan jingjing jiajia lele haoran haoyu yuxuan zixuan zihan zihao xinyi
yuhan yinuo shihan junjie junxi jiayi siyuan xuemei bing pengfei fei bin bo hui xin shuai kai ling hong ying yun hua mei lan wen wenjie wenbo wenjing
jinlong yulong dawei yongqiang yonggang yonghong zhenhua zhenguo shaohua shaojun weiguo weidong aiguo aihua aimin xinhua lixin xiangdong hongjun
yuanchao yuejin changqing dehua xueyou chengwu runfa jiahui 监控 监控室 监控中心 监控员 监控值班 值班 值班员 值班室 值守 保安 保安队 保安室 安保 安保部 安全 安全部 安全第一 消防 消防控制室 消控 消控室 中控 中控室
指挥中心 调度 调度室 管理员 系统管理员 超级管理员 管理 主管 班长 队长 经理 领导 主任 处长 科长 局长 所长 院长 校长 站长 厂长 总经理 董事长 技术员 操作员 操作 摄像头 摄像机 摄像 录像 录像机 硬盘录像机 视频 视频监控 大华 海康 海康威视 宇视 天地伟业 门禁 报警
报警器 巡更 巡逻 对讲 机房 网络 服务器 电脑 密码 账号 口令 登录 用户 公司 医院 学校 大学 中学 小学 幼儿园 银行 车站 客运站 汽车站 火车站 高铁站 地铁站 地铁 机场 港口 码头 商场 超市 酒店 宾馆 小区 物业 停车场 停车 大门 东门 西门 南门 北门 大厅 候车室 候车厅
售票厅 行包房 仓库 电梯 楼道 办公室 办公楼 食堂 宿舍 工厂 车间 派出所 公安 公安局 警察 交警 交通 政府 法院 检察院 监狱 看守所 电厂 水厂 加油站 东门客运站 一号监控室 一号 二号 三号 总站 分站 中心 平安 平安城市 雪亮工程 天网 智慧 智能 系统 设备 工程 维护 维修
测试 默认 初始 临时 公共 共享 我爱你 我爱你一生一世 一生一世 我想你 我的密码 我的爱 我的家 我是谁 我们 你好 你是谁 爱你 爱你一万年 老婆 老公 宝贝 亲爱的 妈妈 爸爸 儿子 女儿 爷爷 奶奶 姐姐 弟弟 妹妹 哥哥 生日快乐 快乐 幸福 健康 发财 恭喜发财 大吉大利 万事如意
一帆风顺 一路平安 一路顺风 一路发 好运 加油 努力 奋斗 成功 胜利 永远 永远爱你 天长地久 天天向上 好好学习 心想事成 中国 中华 中国人 祖国 中华人民共和国 为人民服务 长城 长江 黄河 故宫 天安门 奥运 世界 地球 太阳 月亮 星星 天空 大海 蓝天 白云 阳光 春天 夏天 秋天
冬天 春夏秋冬 今天 明天 昨天 上午 下午 早上 晚上 新年 新年快乐 春节 国庆 中秋 元旦 星期一 星期天 一月 十月 牛年 虎年 龙年 马年 凤凰 老虎 熊猫 小猫 小狗 大熊猫 猪猪 小猪 小鱼 红色 蓝色 绿色 黑色 白色 苹果 香蕉 西瓜 米饭 面条 饺子 火锅 茶叶 啤酒 香烟 手机
电话 微信 支付宝 淘宝 百度 腾讯 华为 小米 王者荣耀 英雄联盟 魔兽世界 梦幻西游 飞机 火车 汽车 自行车 开门 关门 开机 关机 开心 朋友 兄弟 同学 同事 老师 学生 医生 护士 工人 农民 司机 军人 战友 中国移动 中国联通 中国电信 移动 联通 电信 有限公司 集团 科技 电子
信息 实业 东南西北 东风 红旗 解放 解放军 和平 建设 发展 人民 革命 光明 希望 未来 梦想 中国梦 自由 民主 和谐 文明 富强 勇敢 坚强 相信 自己 相信自己 没有 不知道 随便 无所谓 忘记了 不告诉你 一二三四五 一二三 三二一 四五六 七八九 上山打老虎 芝麻开门 天王盖地虎
床前明月光 疑是地上霜 举头望明月 低头思故乡 白日依山尽 春眠不觉晓 更上一层楼 千里之行 少壮不努力 欧阳 上官 诸葛 司马 北京 上海 广州 深圳 重庆 成都 天津 武汉 杭州 南京 西安 郑州 长沙 沈阳 青岛 苏州 东莞 佛山 宁波 济南 合肥 昆明 大连 厦门 哈尔滨 长春 石家庄 福州
南宁 贵阳 南昌 太原 兰州 海口 乌鲁木齐 呼和浩特 银川 西宁 拉萨 香港 澳门 台北 台湾 无锡 常州 徐州 南通 扬州 盐城 泰州 镇江 淮安 连云港 宿迁 温州 嘉兴 绍兴 金华 台州 湖州 衢州 丽水 舟山 泉州 漳州 莆田 龙岩 三明 南平 宁德 烟台 潍坊 临沂 济宁 淄博 威海 泰安
聊城 德州 菏泽 枣庄 日照 滨州 东营 唐山 保定 邯郸 廊坊 沧州 邢台 秦皇岛 张家口 承德 衡水 洛阳 南阳 新乡 许昌 开封 安阳 商丘 周口 信阳 平顶山 驻马店 焦作 濮阳 漯河 三门峡 鹤壁 宜昌 襄阳 荆州 黄石 十堰 孝感 黄冈 荆门 咸宁 随州 恩施 株洲 湘潭 衡阳 岳阳 常德
郴州 邵阳 益阳 永州 怀化 娄底 张家界 惠州 珠海 中山 江门 湛江 茂名 汕头 肇庆 揭阳 梅州 清远 韶关 阳江 河源 潮州 汕尾 云浮 柳州 桂林 玉林 北海 梧州 贵港 钦州 百色 三亚 绵阳 德阳 宜宾 南充 泸州 乐山 达州 内江 自贡 眉山 攀枝花 遂宁 广安 广元 雅安 巴中 资阳
遵义 毕节 铜仁 安顺 六盘水 曲靖 玉溪 大理 丽江 保山 昭通 红河 咸阳 宝鸡 渭南 汉中 榆林 延安 安康 商洛 铜川 天水 酒泉 张掖 武威 庆阳 平凉 嘉峪关 包头 赤峰 鄂尔多斯 通辽 大庆 齐齐哈尔 牡丹江 佳木斯 吉林 四平 延边 鞍山 抚顺 锦州 营口 丹东 盘锦 葫芦岛 本溪
辽阳 阜新 铁岭 朝阳 大同 运城 临汾 长治 晋中 晋城 忻州 吕梁 阳泉 朔州 九江 赣州 上饶 宜春 吉安 抚州 景德镇 萍乡 新余 鹰潭 芜湖 蚌埠 阜阳 安庆 六安 滁州 宿州 马鞍山 淮南 淮北 铜陵 亳州 宣城 黄山 池州 河北 山西 辽宁 黑龙江 江苏 浙江 安徽 福建 江西 山东
河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 陕西 甘肃 青海 宁夏 新疆 西藏 内蒙古 浦东 朝阳区 海淀 东城 西城 丰台 南山 福田 天河 越秀 义乌 昆山 江阴 张家港 常熟 慈溪 晋江 顺德 库尔勒 喀什 伊犁 秀英 秀兰 桂英 建国 建华 建军 建平 国强 国栋 志强 志明 志伟
志刚 海涛 海燕 海军 海波 晓东 晓明 晓丽 晓燕 小明 小红 小军 小龙 小丽 红梅 春梅 春燕 桂兰 桂花 玉兰 玉梅 玉珍 玉华 淑珍 淑华 淑芬 秀珍 秀芳 秀华 丽华 丽娟 丽丽 婷婷 娜娜 丹丹 莉莉 媛媛 倩倩 欢欢 静静 佳佳 乐乐 浩然 浩宇 宇轩 子轩 子涵 子豪 梓涵 欣怡
雨涵 一诺 诗涵 俊杰 俊熙 佳怡 思远 嘉怡 雪梅 鹏飞 文杰 文博 文静 金龙 玉龙 大伟 永强 永刚 永红 振华 振国 少华 少军 卫国 卫东 爱国 爱华 爱民 新华 立新 向东 红军 援朝 跃进 长青 德华 学友 城武 润发 家辉 jkzx jkzb aqdy xfkzs zhzx xtgly
cjgly yplxj spjk hkws tdwy dmkyz yhjks pacs xlgc wanysys ysys wdmm anywn srkl gxfc djdl wsry yffs ylpa ylsf yyan tcdj ttxs hhxx xxsc zhrmghg wrmfw cxqd
xnkl wzry yxlm mssj mhxy zgyd zglt zgdx yxgs dnxb xxzj bgsn yessw ssdlh zmkm twgdh cqmyg ysdss jtwmy dtsgx brysj cmbjx gsycl qlzx szbnl
`.trim().split(/\s+/);

/** Pinyin of family names and given names, common ones first. */
export const familySounds: readonly string[] = `
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han deng feng cao peng zeng xiao tian dong
pan yuan cai jiang yu du ye cheng wei su lv ding ren lu yao shen zhong cui tan fan liao shi jin jia xia fu fang zou xiong bai meng qin qiu hou yin xue
yan duan lei long tao mao hao gu gong shao wan qian dai kong xiang ouyang shangguan zhuge sima
`.trim().split(/\s+/);
export const givenSounds: readonly string[] = `
wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xiuying xiulan xia ping gang guiying jianguo jianhua jianjun jianping
jianshe guoqiang guoqing guodong zhiqiang zhiming zhiwei zhigang haitao haiyan haijun haibo xiaodong xiaoming xiaoli xiaoyan xiaohong xiaojun xiaolong
hongmei chunmei chunyan guilan guihua yulan yumei yuzhen yuhua shuzhen shuhua shufen xiuzhen xiufang xiuhua lihua lijuan lili tingting nana dandan
yuanyuan qianqian huanhuan jingjing jiajia lele hao haoran haoyu yuxuan zixuan zihan zihao xinyi yuhan yinuo shihan junjie junxi jiayi siyuan xuemei
xue bing peng pengfei fei long bin bo hui xin shuai kai jian liang lin feng ling qin hong ying yun hua mei lan dong wen wu wenjie wenbo wenjing jinlong
yulong dawei yongqiang yonggang yonghong zhenhua zhenguo shaohua shaojun weiguo weidong aiguo aihua aimin xinhua lixin xiangdong hongjun yuanchao
yuejin shengli jiefang heping changjiang changqing dehua xueyou chengwu runfa jiahui
`.trim().split(/\s+/);
