/** The three words of routes, bound to the caller of this house. */
import { routesFor } from '../../platform/http/route.ts';
import type { Caller } from './caller.ts';

export const { open, signedIn, guarded } = routesFor<Caller>();
