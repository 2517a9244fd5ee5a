/** As the contract has it; said in words beside the field before the server has to. */
export const accountPattern = /^\s*[\p{L}\p{N}._@-]{2,64}\s*$/u;
