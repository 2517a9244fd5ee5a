/** Before a page is shown: is the machine set up, is somebody signed in, may this person see it? Each "no" leads somewhere or says why. */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from '@tanstack/react-router';
import { Loading, NoRight } from '../ui/states.tsx';
import type { FeatureRoute } from './feature.ts';
import { Redirect } from './redirect.tsx';
import { ConnectingPage } from './server-away.tsx';
import { canDo, useRoomState, useSessionState } from './session.tsx';
import { useSay } from '../ui/say.ts';

export const Guard = ({ route, children }: { route: FeatureRoute; children: ReactNode }) => {
  const say = useSay();
  const title = say(route.title);
  useEffect(() => {
    document.title = `${title} · 值守 Vigil`;
  }, [title]);
  if (route.frame === 'bare') return children;
  return (
    <SignedInOnly route={route}>
      {/* The console's pages give their room to pictures; their heading is for those who listen to the page. */}
      {route.frame === 'console' && <h1 className="only-read">{title}</h1>}
      {children}
    </SignedInOnly>
  );
};

const SignedInOnly = ({ route, children }: { route: FeatureRoute; children: ReactNode }) => {
  const { session, error } = useSessionState();
  if (session === undefined) return error === null ? <Loading /> : <ConnectingPage />;
  if (session === null) return <ToSignIn />;
  // Something must be done first; it can be done on the account page alone.
  if (session.restriction !== null && route.path !== '/account') return <Redirect to="/account" />;
  const can = canDo(session, route.verb);
  return can === true ? children : <NoRight reason={can} />;
};

/** To the sign-in, or to the set-up on a machine that has no room yet; back to the wanted page afterwards. */
const ToSignIn = () => {
  const room = useRoomState();
  const { href } = useLocation();
  // The page that was wanted, not the address while we are already on our way.
  const [wanted] = useState(href);
  if (room.data === undefined) return room.error === null ? <Loading /> : <ConnectingPage />;
  if (room.data.state === 'new') return <Redirect to="/set-up" />;
  return <Redirect to={wanted === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(wanted)}`} />;
};
