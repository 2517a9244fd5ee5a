/** Goes elsewhere, once for each target. The router's own component navigates anew with every drawing, which never ends while the address is changing. */
import { useEffect } from 'react';
import { useRouter } from '@tanstack/react-router';

export const Redirect = ({ to }: { to: string }) => {
  const router = useRouter();
  useEffect(() => {
    void router.navigate({ href: to, replace: true });
  }, [router, to]);
  return null;
};
