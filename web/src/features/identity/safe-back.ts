/** Where to go after the sign-in: a path of our own only, never another site that somebody put into the address. */
const anywhere = 'http://room.invalid';

export const safeBack = (wanted: string): string => {
  if (!wanted.startsWith('/') || !URL.canParse(wanted, anywhere)) return '/';
  const url = new URL(wanted, anywhere);
  if (url.origin !== anywhere || url.pathname === '/sign-in' || url.pathname === '/set-up') return '/';
  return `${url.pathname}${url.search}${url.hash}`;
};
