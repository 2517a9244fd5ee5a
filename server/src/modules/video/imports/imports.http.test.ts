/** A file of cameras through the whole room: what is wrong is told line by line, good lines come in, wrong ones stay. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../../contract/cameras.ts';
import { listFacts } from '../../../../../contract/ledger.ts';
import { listCameras } from '../../../../../contract/video.ts';
import { openWholeRoom, type WholeRoom } from '../../../app/testing/whole-room.ts';
import { readWorkbook, writeWorkbook } from '../../../mechanisms/identity/index.ts';

let house: WholeRoom;
let administrator: string;
beforeAll(async () => {
  house = await openWholeRoom();
  administrator = await house.signIn('system_administrator');
});
afterAll(() => house.close());

const secret = 'Datei-Geheim-5';
const heading = '名称,编号,视频地址,用户名,密码,用途,区域类型,安装位置,监视范围,责任人,备案编号,批准文号';
const lines = [
  `行包房,21,rtsp://192.168.7.1/1,admin,${secret},内部安全,库房,行包房东墙,看货架,李四,东公备 7,批 3`,
  '后门,22,http://192.168.7.2/,,,内部安全,出入口,,,,,',
  '更衣,23,rtsp://192.168.7.3/1,,,内部安全,更衣室,,,,,',
  '考核,24,rtsp://192.168.7.4/1,,,员工考核,office,,,,,',
  '同号,21,rtsp://192.168.7.5/1,,,internal safety,hall,,,,,',
  '已用,1,rtsp://192.168.7.6/1,,,,,,,,,',
  '本机,x,rtsp://127.0.0.1/1,,,内部安全,大厅,,,,,',
];
const preview = (bytes: Buffer, fileName = '摄像机.csv') => house.ask(administrator, contract.readCameraFile, { body: { fileName, base64: bytes.toString('base64') } });

test('each line is told all that is wrong about it, in both languages; good lines come in and wrong ones stay', async () => {
  const answer = await preview(Buffer.from([heading, ...lines].join('\r\n'), 'utf8'));
  const { rows } = contract.readCameraFile.response.parse(answer.body);
  expect(rows.map((row) => row.faults.map(({ column }) => column))).toEqual([[], ['url'], ['zone'], ['purpose'], ['number'], ['number', 'purpose', 'zone'], ['number', 'url']]);
  expect(rows[2]?.faults[0]?.zh).toContain('第八条');
  for (const { zh, en } of rows.flatMap(({ faults }) => faults)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
  }
  const done = await house.get(administrator, contract.importCameras, { body: { rows } });
  expect(done.added.map(({ name }) => name)).toEqual(['行包房']);
  expect(done.refused).toHaveLength(6);
  const { cameras } = await house.get(administrator, listCameras);
  expect(cameras).toHaveLength(5);
  expect(cameras.find(({ number }) => number === 21)).toMatchObject({ name: '行包房', username: 'admin', hasPassword: true, record: true });
  const entry = await house.get(administrator, contract.registerEntry, { params: { cameraId: done.added[0]?.cameraId ?? '' } });
  expect(entry).toMatchObject({ position: '行包房东墙', viewWords: '看货架', owner: '李四', filingNumber: '东公备 7', approvalReference: '批 3', zone: { key: 'warehouse' } });
  const { facts } = await house.get(await house.signIn('auditor'), listFacts, { query: {} });
  expect(JSON.stringify(facts)).not.toContain(secret);
  expect(facts.some(({ kind }) => kind === 'video.cameras_imported')).toBe(true);
});

test('the template offers the allowed purposes and places, and what is filled into it is read back', async () => {
  const template = await house.ask(administrator, contract.cameraTemplate);
  expect(template.headers['content-disposition']).toContain('vigil-cameras.xlsx');
  const [titles = []] = (await readWorkbook(template.bytes)) ?? [];
  expect(titles).toHaveLength(12);
  const row = ['站台', '31', 'rtsp://192.168.7.9/1', '', '', '内部安全', '候车等候区', '', '', '', '', ''];
  const answer = await preview(await writeWorkbook({ name: '摄像机', columns: titles.map((title) => ({ title, width: 12 })), rows: [row] }), '摄像机.xlsx');
  expect(contract.readCameraFile.response.parse(answer.body).rows).toMatchObject([{ line: 2, name: '站台', faults: [] }]);
});

test('what cannot be read, has no heading or is too long is refused as a whole', async () => {
  expect((await preview(Buffer.from('PK\u0003\u0004 nothing'))).body['code']).toBe('cameras.file_unreadable');
  expect((await preview(Buffer.from('a,b\r\n1,2'))).body['code']).toBe('cameras.file_without_heading');
  expect((await preview(Buffer.from([heading, ...Array.from({ length: 301 }, () => lines[0])].join('\r\n')))).body['code']).toBe('cameras.file_too_long');
});
