/** The demonstration room: a coach station with one person for each role. Cameras come from the video module through the set-up slot. */
import type { Language, Role } from '../../../../../contract/identity.ts';
import { setUpActor, terminalActor, type IdentityContext } from '../context.ts';
import { generatePassword } from '../passwords/generate.ts';
import { identityRefusals } from '../refusals.ts';
import { allRoles } from '../roles.ts';
import { checkSetUpCode, firstPost, makeRoomOnce } from './set-up.ts';

/** Account, name. The staff number follows from the order. */
const cast: Readonly<Record<Role, readonly [account: string, name: string]>> = {
  duty_operator: ['wangjianguo', '王建国'],
  monitor: ['liuxiaoyan', '刘晓燕'],
  shift_leader: ['chenzhiqiang', '陈志强'],
  duty_manager: ['zhaoyumei', '赵玉梅'],
  room_manager: ['sunweidong', '孙卫东'],
  technician: ['zhoupeng', '周鹏'],
  guard_captain: ['wudayong', '吴大勇'],
  video_custodian: ['zhengjing', '郑静'],
  security_department: ['fengguodong', '冯国栋'],
  leader: ['hanminghua', '韩明华'],
  requester: ['yangliping', '杨丽萍'],
  auditor: ['xuhuifang', '徐慧芳'],
  inspector: ['heyonggang', '何永刚'],
  system_administrator: ['linhaitao', '林海涛'],
  security_administrator: ['gaoxuemei', '高雪梅'],
};

export interface DemonstrationPerson {
  account: string;
  name: string;
  role: Role;
  /** Shown once, then only its hash is left. */
  password: string;
}

/** `code` null: started at the machine itself as a demonstration. */
export const makeDemonstration = async (context: IdentityContext, code: string | null, language: Language): Promise<DemonstrationPerson[]> => {
  if (code !== null && !context.demonstrationPossible) throw identityRefusals('no_demonstration');
  const codePhc = code === null ? null : await checkSetUpCode(context, code);
  const people = allRoles.map((role): DemonstrationPerson => ({ account: cast[role][0], name: cast[role][1], role, password: generatePassword() }));
  const made = await Promise.all(
    people.map(async ({ account, name, role, password }, index) => ({
      account,
      name,
      staffNumber: `DM${String(1001 + index)}`,
      language,
      phc: await context.hasher.hash(password),
      roles: [role],
      accountPath: 'account',
      ...(role === 'duty_operator' ? { post: firstPost } : {}),
    })),
  );
  const plan = { site: { name: '东门客运站', timeZone: 'Asia/Shanghai' }, room: { name: '一号监控室' }, language, demonstration: true, camera: null, people: made };
  await makeRoomOnce(context, codePhc, plan, code === null ? terminalActor : setUpActor);
  return people;
};
