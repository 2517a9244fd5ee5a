import { expect, it } from 'vitest';
import { chinesePunctuation } from './chinese-punctuation.ts';

it('widens marks beside Chinese characters and leaves addresses, times and English alone', () => {
  const cases = [
    ['主机在线,但这个端口没有开放:请检查端口号(常用 554),或启用 RTSP。', '主机在线，但这个端口没有开放：请检查端口号（常用 554），或启用 RTSP。'],
    ['结束观看 04 停车场 实时画面(不再显示)', '结束观看 04 停车场 实时画面（不再显示）'],
    ['测试摄像机地址 rtsp://10.0.0.8:554/1?a=b,c:连接正常', '测试摄像机地址 rtsp://10.0.0.8:554/1?a=b,c:连接正常'],
    ['密码过期;02:47 起', '密码过期；02:47 起'],
    ['Camera (left), door: open', 'Camera (left), door: open'],
  ] as const;
  for (const [given, wanted] of cases) expect(chinesePunctuation(given)).toBe(wanted);
});
