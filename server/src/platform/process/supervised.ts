/** The supervised side of the talk between a process and its supervisor, over Node's IPC channel. Without a supervisor it speaks to the terminal. */
export type SupervisorMessage =
  /** The room can be opened at this address. */
  | { ready: string }
  /** The demonstration's cameras are wanted; remembered in the data folder, so that they come back at the next start. */
  | { start: 'simulators'; args: string[] };

/** Exit code of a process that a restart cannot help: a setting is wrong (sysexits.h EX_CONFIG). */
export const exitConfiguration = 78;
/** Exit code of a process that may succeed later (EX_TEMPFAIL). */
export const exitTemporary = 75;

export const addressLine = (address: string): string => `值守 Vigil  ${address}`;

const say = (message: SupervisorMessage): boolean => {
  if (process.send === undefined || !process.connected) return false;
  process.send(message);
  return true;
};

/** Tells that the room is open; printed once by the supervisor, or here when there is none. */
export const reportReady = (address: string): void => {
  if (!say({ ready: address })) process.stdout.write(`${addressLine(address)}\n`);
};

/** Asks for the simulated cameras; false when nobody can start them. */
export const requestSimulators = (args: readonly string[]): boolean => say({ start: 'simulators', args: [...args] });

export const isSupervisorMessage = (value: unknown): value is SupervisorMessage => {
  if (typeof value !== 'object' || value === null) return false;
  if ('ready' in value) return typeof value.ready === 'string';
  return 'start' in value && value.start === 'simulators' && 'args' in value && Array.isArray(value.args) && value.args.every((arg) => typeof arg === 'string');
};
