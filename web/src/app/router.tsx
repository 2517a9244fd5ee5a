/** Addresses to pages. Every page is its own chunk; what may be seen is decided by the guard around it. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { routes } from './navigation.ts';
import { NotFoundPage } from './not-found.tsx';
import { Guard } from './guard.tsx';
import { Root } from './root.tsx';
import type { FeatureRoute } from './feature.ts';

const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFoundPage });

const routeOf = (route: FeatureRoute) => {
  const Page = lazyRouteComponent(route.page);
  return createRoute({
    getParentRoute: () => rootRoute,
    path: route.path,
    component: () => (
      <Guard route={route}>
        <Page />
      </Guard>
    ),
  });
};

export const router = createRouter({ routeTree: rootRoute.addChildren(routes.map(routeOf)), defaultPreload: 'intent', scrollRestoration: true });
