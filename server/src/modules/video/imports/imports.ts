/** Cameras come in by a file: read and judged without writing, then the good rows one by one; what is wrong is told in its row and stays. */
import { openZones, type CameraImportRow } from '../../../../../contract/cameras.ts';
import * as contract from '../../../../../contract/cameras.ts';
import { Refusal } from '../../../base/refusal.ts';
import { mebibyte } from '../../../base/units.ts';
import { guarded, isWorkbook, parseCsv, readWorkbook, textOfFile, writeWorkbook, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Bytes } from '../../../platform/http/route.ts';
import { addCamera } from '../commands/add-camera.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { allowedPurposes } from '../register/decide.ts';
import { camerasImported } from '../register/events.ts';
import { refuse } from '../register/refusals.ts';
import { purposesBeyondSafety, purposeWords, worded, zoneWords } from '../register/words.ts';
import { camerasOfRoom } from '../store.ts';
import { columns, judgeRows, rowsOf, type Judged } from './columns.ts';

const mostRows = 300;

const judge = async (context: VideoContext, caller: Caller, rows: Parameters<typeof judgeRows>[0]): Promise<Judged[]> => {
  const { database: { db }, clock, allowLocal, register } = context;
  const now = clock.now();
  const taken = new Set((await camerasOfRoom(db, caller.roomId)).map(({ number }) => number));
  return judgeRows(rows, { rules: await register.rules(db, caller, now), allowLocal, taken, now });
};

const read = async (context: VideoContext, caller: Caller, base64: string): Promise<CameraImportRow[]> => {
  const bytes = Buffer.from(base64, 'base64');
  const table = isWorkbook(bytes) ? await readWorkbook(bytes) : parseCsv(textOfFile(bytes));
  if (table === null) throw refuse('file_unreadable');
  const rows = rowsOf(table);
  if (rows === null) throw refuse('file_without_heading');
  if (rows.length > mostRows) throw refuse('file_too_long', { rows: rows.length, most: mostRows });
  return (await judge(context, caller, rows)).map(({ row }) => row);
};

type Imported = { added: { line: number; cameraId: string; name: string }[]; refused: CameraImportRow[] };

/** Each row is its own act: that one is refused meanwhile leaves the others in. */
const bringIn = async (context: VideoContext, caller: Caller, rows: readonly CameraImportRow[]): Promise<Imported> => {
  const done: Imported = { added: [], refused: [] };
  for (const { row, camera } of await judge(context, caller, rows)) {
    if (camera === null) {
      done.refused.push(row);
      continue;
    }
    const { fields, ...rest } = camera;
    try {
      const cameraId = await context.database.transaction((tx) => addCamera(context, tx, caller, { ...rest, entry: { fields, asRegulated: true } }, actorOf(caller)));
      done.added.push({ line: row.line, cameraId, name: camera.name });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      done.refused.push({ ...row, faults: [{ column: 'name', ...error.sentence }] });
    }
  }
  const { siteId, roomId } = caller;
  await context.database.transaction((tx) =>
    context.ledger.append(tx, { event: camerasImported, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { added: done.added.length, refused: done.refused.length }, at: context.clock.now() }),
  );
  return done;
};

const template = async (context: VideoContext, caller: Caller): Promise<Bytes> => {
  const rules = await context.register.rules(context.database.db, caller, context.clock.now());
  const forbidden = rules.list('forbidden_camera_zones');
  const purposes = allowedPurposes(rules).filter((key) => !purposesBeyondSafety.has(key)).map((key) => worded(purposeWords, key).zh);
  const zones = openZones.filter((zone) => !forbidden.includes(zone)).map((key) => worded(zoneWords, key).zh);
  const choices: Readonly<Record<string, readonly string[]>> = { purpose: purposes, zone: zones };
  const body = await writeWorkbook({ name: '摄像机', columns: columns.map(({ column, heading, width }) => ({ title: heading, width, ...(choices[column] === undefined ? {} : { choices: choices[column] }) })), rows: [] });
  return { contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body, headers: { 'content-disposition': 'attachment; filename="vigil-cameras.xlsx"' } };
};

export const importRoutes = (context: VideoContext, push: () => Promise<void>) => [
  guarded(contract.readCameraFile, 'video.cameras.manage', async ({ body }, caller) => ({ rows: await read(context, caller, body.base64) }), { bodyLimitBytes: 4 * mebibyte }),
  guarded(contract.importCameras, 'video.cameras.manage', async ({ body }, caller) => {
    const done = await bringIn(context, caller, body.rows);
    await push();
    return done;
  }, { bodyLimitBytes: 4 * mebibyte }),
  guarded(contract.cameraTemplate, 'video.cameras.manage', async (_call, caller) => template(context, caller)),
];
