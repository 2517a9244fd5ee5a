/** All routes and navigation entries, gathered from the features in one place. Pages never import this: the shell does. */
import { approvalsNav, approvalsRoutes } from '../features/approvals/routes.tsx';
import { backupNav, backupRoutes } from '../features/backup/routes.tsx';
import { camerasNav, camerasRoutes } from '../features/cameras/routes.tsx';
import { completenessNav, completenessRoutes } from '../features/completeness/routes.tsx';
import { complianceNav, complianceRoutes } from '../features/compliance/routes.tsx';
import { dutyNav, dutyRoutes } from '../features/duty/routes.tsx';
import { healthNav, healthRoutes } from '../features/health/routes.tsx';
import { roundsNav, roundsRoutes } from '../features/rounds/routes.tsx';
import { evidenceNav, evidenceRoutes } from '../features/evidence/routes.tsx';
import { identityNav, identityRoutes } from '../features/identity/routes.tsx';
import { ledgerNav, ledgerRoutes } from '../features/ledger/routes.tsx';
import { notificationsNav, notificationsRoutes } from '../features/notifications/routes.tsx';
import { obligationsNav, obligationsRoutes } from '../features/obligations/routes.tsx';
import { parametersNav, parametersRoutes } from '../features/parameters/routes.tsx';
import { storageNav, storageRoutes } from '../features/storage/routes.tsx';
import { videoNav, videoRoutes } from '../features/video/routes.tsx';
import type { FeatureRoute, NavEntry } from './feature.ts';

const home: FeatureRoute = {
  path: '/',
  title: { zh: '首页', en: 'Home' },
  frame: 'console',
  verb: null,
  page: () => import('./home/home-page.tsx'),
};

export const routes: readonly FeatureRoute[] = [home, ...notificationsRoutes, ...dutyRoutes, ...roundsRoutes, ...healthRoutes, ...videoRoutes, ...camerasRoutes, ...storageRoutes, ...completenessRoutes, ...backupRoutes, ...identityRoutes, ...ledgerRoutes, ...complianceRoutes, ...approvalsRoutes, ...evidenceRoutes, ...obligationsRoutes, ...parametersRoutes];
export const navEntries: readonly NavEntry[] = [
  { path: '/', title: home.title, verb: null, order: 10 },
  ...[...notificationsNav, ...dutyNav, ...roundsNav, ...healthNav, ...videoNav, ...camerasNav, ...storageNav, ...completenessNav, ...backupNav, ...identityNav, ...ledgerNav, ...complianceNav, ...approvalsNav, ...evidenceNav, ...obligationsNav, ...parametersNav].sort((a, b) => a.order - b.order),
];
