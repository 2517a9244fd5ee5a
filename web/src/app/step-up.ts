/** A sensitive act that the server wants proved again: whoever shows dialogs answers, then the act is tried once more. */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let asking: Promise<boolean> | null = null;

export const stepUpCode = 'identity.step_up_needed';

/** The dialog offers itself; answers how to withdraw. */
export const offerStepUp = (dialog: Ask): (() => void) => {
  ask = dialog;
  return () => {
    if (ask === dialog) ask = null;
  };
};

/** True once the person has proved themselves; several acts at the same moment share one dialog. */
export const provedAgain = (): Promise<boolean> => {
  if (ask === null) return Promise.resolve(false);
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
};
