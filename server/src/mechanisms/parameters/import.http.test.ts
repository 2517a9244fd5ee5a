/** Packs that come in: a fault is told with its place, an unsigned text needs two persons, a signed one is known at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { exportPack, importPack, listPacks } from '../../../../contract/parameters.ts';
import { openParametersRoom, people, type ParametersRoom } from './testing/parameters-room.ts';

let room: ParametersRoom;
beforeAll(async () => {
  room = await openParametersRoom();
});
afterAll(() => room.whole.close());

const exported = async (packId: string): Promise<string> => {
  const answer = await room.whole.ask(await room.whole.signIn('auditor'), exportPack, { params: { digest: await room.digestOf(packId) } });
  expect(answer.status).toBe(200);
  return answer.bytes.toString('utf8');
};
const take = (text: string, own = false, reason = '') => room.ask(people.leader, importPack, { body: { text, own, reason } });
const changed = (text: string, change: (pack: Record<string, unknown>) => void): string => {
  const pack = parse(text) as Record<string, unknown>;
  change(pack);
  return stringify(pack, { aliasDuplicateObjects: false });
};

test('what was exported is known already; another text of the same version and a foreign prefix are refused', async () => {
  const text = await exported('sec');
  expect(await take(text)).toMatchObject({ status: 409, body: { code: 'parameters.pack_known' } });
  const other = changed(text, (pack) => {
    delete pack['signature'];
    pack['titles'] = { zh: '改', en: 'changed' };
  });
  expect(await take(other, true, '试')).toMatchObject({ status: 409, body: { code: 'parameters.version_taken' } });
  const stolen = changed(text, (pack) => {
    delete pack['signature'];
    pack['id'] = 'sec-copy';
  });
  expect(await take(stolen, true, '试')).toMatchObject({ status: 409, body: { code: 'parameters.prefix_taken' } });
});

test('a fault is told with line and path', async () => {
  const text = (await exported('sec')).replace('treatment: detect', 'treatment: perhaps').replace('treatment: evidence', 'treatment: perhaps');
  const refused = await take(text);
  expect(refused).toMatchObject({ status: 400, body: { code: 'parameters.pack_faulty' } });
  const line = text.split('\n').findIndex((one) => one.includes('perhaps')) + 1;
  expect(refused.body.zh).toContain(`第 ${line} 行`);
  expect(refused.body.zh).toContain('treatment');
});

test('a wrong signature is refused; without it two others must agree, then the pack can be adopted', async () => {
  const text = await exported('sec');
  const next = changed(text, (pack) => void (pack['version'] = 2));
  expect(await take(next)).toMatchObject({ status: 409, body: { code: 'parameters.pack_signature_wrong' } });
  const bare = changed(next, (pack) => delete pack['signature']);
  expect(await take(bare)).toMatchObject({ status: 409, body: { code: 'parameters.pack_unsigned' } });
  expect(await take(bare, true)).toMatchObject({ status: 400, body: { code: 'parameters.reason_needed' } });
  const asked = await take(bare, true, '本站修订');
  const versions = async () => (await room.get(people.leader, listPacks)).packs.filter((one) => one.packId === 'sec').map((one) => one.version);
  await room.agree(String(asked.body['approvalId']), people.security);
  expect(await versions()).toEqual([1]);
  await room.agree(String(asked.body['approvalId']), people.manager);
  expect(await versions()).toEqual([1, 2]);
  const own = (await room.get(people.leader, listPacks)).packs.find((one) => one.packId === 'sec' && one.version === 2);
  expect(own).toMatchObject({ signedBy: null });
  await room.adopt(await room.complete({ ...(await room.form([])), packs: [own?.digest ?? ''] }));
  expect((await room.get(people.leader, listPacks)).packs.find((one) => one.digest === own?.digest)?.adoptions).toHaveLength(1);
});
