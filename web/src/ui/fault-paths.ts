/** Field faults of a refusal (contract/endpoint.ts RefusalBody), and which field of a form each belongs to. Pure. */
interface Fault {
  path: string;
  zh: string;
  en: string;
}
export const faultsOf = (error: unknown): readonly Fault[] => {
  if (typeof error !== 'object' || error === null || !('refusal' in error)) return [];
  const { refusal } = error;
  return typeof refusal === 'object' && refusal !== null && 'fields' in refusal && Array.isArray(refusal.fields) ? (refusal.fields as Fault[]) : [];
};

/** `camera.url` and `body.camera.url` name the same field of a form; list indexes become numbers. */
export const namePathOf = (path: string): (string | number)[] =>
  path
    .replace(/^\/?(?:body[./])?/, '')
    .split(/[./]/)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
