/** Cameras that the facts speak of, retired ones too, as they were called last. The audit asks the ledger, which forgets none. */
import type { LedgerQuestions } from '../../mechanisms/ledger/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { AuditCamera } from './context.ts';

const mostFacts = 20_000;

export const camerasOnRecord = async (questions: Pick<LedgerQuestions, 'facts'>, db: Db, siteId: string): Promise<AuditCamera[]> => {
  const cameras = new Map<string, AuditCamera & { number: number }>();
  for (const { body } of await questions.facts(db, { siteId, kinds: ['video.camera_added', 'video.camera_changed'], limit: mostFacts })) {
    const { cameraId, number, name } = body;
    if (typeof cameraId !== 'string' || typeof number !== 'number' || typeof name !== 'string' || cameras.has(cameraId)) continue;
    cameras.set(cameraId, { cameraId, number, label: `${String(number).padStart(2, '0')} ${name}` });
  }
  return [...cameras.values()].toSorted((a, b) => a.number - b.number).map(({ cameraId, label }) => ({ cameraId, label }));
};
