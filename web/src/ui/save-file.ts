/** Hands bytes that the server gave to the browser as a file. */
export const saveFile = (bytes: ArrayBuffer, name: string, type: string): void => {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The browser has taken the address over by the next turn of its loop.
  setTimeout(() => URL.revokeObjectURL(address), 0);
};
