/** The one place where the plot can be read: who gets what. */
import { join } from 'node:path';
import { Gauge } from 'prom-client';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { approvalsEvents, approvalsVerbs } from '../mechanisms/approvals/index.ts';
import { identityEvents, questions as people, type AccessRules } from '../mechanisms/identity/index.ts';
import {
  anchorFile, anchorFilePath, createCheckpointer, createLedger, createQuestions, createViews, eventsByKind, ledgerEvents, ledgerKeyFile, openLedgerKey, type Checkpointer,
} from '../mechanisms/ledger/index.ts';
import { parametersEvents, parametersVerbs } from '../mechanisms/parameters/index.ts';
import { notificationsEvents, notificationsVerbs } from '../mechanisms/notifications/index.ts';
import { obligationEvents, obligationNoticeKinds, obligationVerbs, waiverKind } from '../mechanisms/obligations/index.ts';
import { dutyEvents, dutyKinds, dutyVerbs } from '../modules/duty/index.ts';
import { archiveNotices, archiveVerbs, evidenceArchiveEvents, evidenceCopyEvents, evidenceEvents, evidenceNotices, evidenceVerbs, grantEvents, holdEvents, holdNotices, holdVerbs } from '../modules/evidence/index.ts';
import { healthEvents, healthKinds, healthVerbs } from '../modules/health/index.ts';
import { roundsEvents, roundsKinds, roundsVerbs } from '../modules/rounds/index.ts';
import { createRecorderClient, createVideo, createVideoMeasures, defaultParameters, videoEvents, videoVerbs } from '../modules/video/index.ts';
import { auditEvents, auditVerbs } from '../oversight/audit/index.ts';
import { complianceEvents, complianceVerbs } from '../oversight/compliance/index.ts';
import { createDiskBlobs } from '../platform/blobs/disk-blobs.ts';
import type { Metrics } from '../platform/http/metrics.ts';
import type { Database } from '../platform/postgres/db.ts';
import { createSealer } from '../platform/secrets/sealer.ts';
import { demonstrationRequest } from './demonstration-request.ts';
import { demonstrationCameras, simulatorArguments, simulatorPort, type NewCameraOfSite } from './demonstration.ts';
import { ledgerRoutes, ledgerVerbs } from './ledger-routes.ts';
import { createLiveDesk } from './live.ts';
import type { ReactionParts } from './reaction.ts';
import { machineWatch, reactingLedger } from './reactions.ts';
import { backupByCommand } from './room-backup.ts';
import { createRoomDuty } from './room-duty.ts';
import { createRoomArchive } from './room-archive.ts';
import { createRoomCopies } from './room-copies.ts';
import { createRoomEvidence } from './room-evidence.ts';
import { createRoomFootageRights } from './room-footage-rights.ts';
import { createRoomHealth } from './room-health.ts';
import { createRoomNotifications, placeOf } from './room-notifications.ts';
import { createOversight } from './oversight.ts';
import { approvalAlerts, createRoomApprovals } from './room-approvals.ts';
import { createRoomIdentity } from './room-identity.ts';
import { createRoomObligations } from './room-obligations.ts';
import { createRoomParameters } from './room-parameters.ts';
import { createRoomRounds } from './room-rounds.ts';
import { roomEvents } from './room-reads.ts';
import { systemRoutes, systemVerbs } from './system-routes.ts';

export interface WireOptions {
  config: Config;
  clock: Clock;
  log: Log;
  database: Database;
  metrics: Metrics;
  /** Starts the simulated cameras; false when nobody can. */
  startSimulators: (args: readonly string[]) => boolean;
  /** Parameters of recording that differ from the defaults. */
  recording?: Partial<typeof defaultParameters>;
  /** Rules of getting in that differ from those in force. */
  access?: Partial<AccessRules>;
  /** Writes a backup of the room; left out: by the command, in a process of its own. */
  backUpRoom?: (file: string) => Promise<void>;
}

/** What may be told about each kind of fact: every module's events, by kind. */
export const allEvents = [...dutyEvents, ...healthEvents, ...roundsEvents, ...evidenceEvents, ...evidenceCopyEvents, ...evidenceArchiveEvents, ...holdEvents, ...grantEvents, ...ledgerEvents, ...Object.values(identityEvents), ...approvalsEvents, ...parametersEvents, ...notificationsEvents, ...obligationEvents, ...videoEvents, ...roomEvents, ...auditEvents, ...complianceEvents];
export const moduleVerbs = [dutyVerbs, healthVerbs, roundsVerbs, evidenceVerbs, archiveVerbs, holdVerbs, approvalsVerbs, parametersVerbs, notificationsVerbs, obligationVerbs, videoVerbs, ledgerVerbs, systemVerbs, auditVerbs, complianceVerbs];

const gaugeUnsigned = (metrics: Metrics, checkpointer: Pick<Checkpointer, 'troubles'>): void => {
  new Gauge({
    name: 'vigil_ledger_unsigned_sites', help: 'Sites whose ledger is not signed any more because it contradicts earlier signatures', registers: [metrics.registry],
    collect() {
      this.set(checkpointer.troubles().size);
    },
  });
};

export const wire = (options: WireOptions) => {
  const { config, clock, log, database, metrics } = options;
  const key = openLedgerKey(ledgerKeyFile(config.dataFolder));
  const ledger = createLedger({ clock, key });
  const checkpointer = createCheckpointer({ database, ledger, clock, key, anchors: anchorFile(anchorFilePath(config.dataFolder)), log: log.child({ part: 'ledger' }) });
  gaugeUnsigned(metrics, checkpointer);
  const demonstrationPort = simulatorPort(config.port);
  const startSimulators = (): void => {
    if (!options.startSimulators(simulatorArguments(demonstrationPort))) log.warn('the simulated cameras could not be started');
  };

  const identity = createRoomIdentity({
    config, database, ledger, clock, log: log.child({ part: 'identity' }), verbs: moduleVerbs, access: options.access ?? {},
    parameters: () => parameters, notifications: () => notifications, obligations: () => obligations,
    onSetUp: async (tx, { siteId, roomId, demonstration, camera, actor }) => {
      const first = camera === null ? [] : [{ name: camera.label, url: camera.url, username: camera.username, password: camera.password }];
      const cameras: NewCameraOfSite[] = demonstration ? demonstrationCameras(demonstrationPort) : first;
      await video.setUp(tx, { siteId, roomId, cameras, allowLocal: demonstration || config.allowLocalCameras, actor });
      if (demonstration) await parameters.setUpDemonstration(tx, { siteId, roomId, actor });
      if (demonstration) startSimulators();
    },
  });

  const approvals = createRoomApprovals({
    config, database, ledger, clock, log: log.child({ part: 'approvals' }), identity, parameters: () => parameters, notifications: () => notifications,
    // What people can ask for: the kinds of the modules, each where it is declared.
    kinds: () => [...parameters.approvalKinds, ...evidence.approvalKinds, ...archive.approvalKinds, ...video.approvalKinds, waiverKind(() => obligations.waivers)],
  });

  const parameters = createRoomParameters({ database, ledger, clock, approvals });

  const notifications = createRoomNotifications({ config, database, ledger: reactingLedger(ledger, () => reactionParts()), clock, log: log.child({ part: 'notifications' }), parameters: () => parameters, kinds: [...dutyKinds, ...healthKinds, ...roundsKinds, ...evidenceNotices, ...archiveNotices, ...holdNotices, ...approvalAlerts, ...obligationNoticeKinds] });
  const reactionParts = (): ReactionParts => ({
    database, clock, alarms: notifications.alarms, note: duty.note, place: placeOf, recorder: () => video.status(), freeBytesWarn: defaultParameters.freeBytesWarn, ledgerTroubles: () => checkpointer.troubles(),
  });

  const rights = createRoomFootageRights({ database, ledger, clock, log: log.child({ part: 'evidence' }), parameters, notifications: () => notifications, video: () => video });

  const video = createVideo({
    database, ledger: reactingLedger(ledger, reactionParts), clock, log: log.child({ part: 'video' }),
    recorder: createRecorderClient(join(config.dataFolder, 'run', 'recorder.sock')),
    sealer: createSealer(join(config.dataFolder, 'keys', 'cameras.key')),
    blobs: createDiskBlobs(join(config.dataFolder, 'snapshots'), () => newId('tmp', clock)),
    parameters: { ...defaultParameters, ...options.recording },
    measures: createVideoMeasures(metrics.registry),
    allowLocal: config.allowLocalCameras,
    register: { rules: (db, place, at) => parameters.rules(db, place, at), areas: async (db, siteId, at) => (await parameters.profile(db, siteId, at))?.areas ?? [], submit: (tx, submission) => approvals.submit(tx, submission) },
    footageFolder: join(config.dataFolder, 'footage'),
    deny: (caller, what, reason, verb) => identity.gate.deny(caller, what, reason, verb),
    backUpRoom: options.backUpRoom ?? backupByCommand(config),
    sign: (message) => ({ signature: key.sign(message), publicKey: key.publicKey }),
  }, { holds: rights.holds.held, mayPlay: rights.grants.allows });

  const duty = createRoomDuty({ database, ledger, clock, log: log.child({ part: 'duty' }), identity, notifications, parameters, recorder: () => video.status(), health: () => health });

  const questions = createQuestions(eventsByKind(allEvents));
  const obligations = createRoomObligations({ config, database, ledger, clock, log: log.child({ part: 'obligations' }), identity, parameters, approvals, notifications, head: questions.head });
  const health = createRoomHealth({ config, database, ledger: reactingLedger(ledger, reactionParts), clock, log: log.child({ part: 'health' }), notifications, obligations, parameters, duty, recorder: () => video.status() });
  const rounds = createRoomRounds({ database, ledger: reactingLedger(ledger, reactionParts), clock, log: log.child({ part: 'rounds' }), identity, notifications, parameters, duty });
  const evidence = createRoomEvidence({ database, ledger: reactingLedger(ledger, reactionParts), clock, log: log.child({ part: 'evidence' }), identity, approvals, notifications, obligations, parameters, holds: rights.holds, grants: rights.grants });
  const copies = createRoomCopies({ dataFolder: config.dataFolder, database, ledger: reactingLedger(ledger, reactionParts), key, checkpointer, questions, clock, log: log.child({ part: 'evidence' }), identity, approvals, notifications, holds: rights.holds, timestampUrl: config.timestampUrl, machineClock: health.machineClock });
  const archive = createRoomArchive({ dataFolder: config.dataFolder, database, ledger: reactingLedger(ledger, reactionParts), clock, log: log.child({ part: 'evidence' }), identity, approvals, notifications, parameters });
  const oversight = createOversight({ database, ledger, checkpointer, questions, clock, kinds: allEvents.map(({ kind }) => kind), parameters, identity });
  const views = createViews({ questions, ledger, checkpointer, database, clock, namesOf: people.personNames });
  const routes = [
    ...identity.routes, ...approvals.routes, ...parameters.routes, ...notifications.routes, ...duty.routes,
    ...health.routes, ...rounds.routes, ...evidence.routes, ...copies.routes, ...archive.routes, ...rights.holds.routes,
    ...obligations.routes, ...video.routes, ...oversight.routes,
    ...ledgerRoutes({ database, views, recordRead: oversight.recordLedgerRead }),
    ...systemRoutes({ config, metrics, video, checkpointer }),
  ];
  identity.assertVerbsDeclared(routes);
  return {
    duty, health, rounds, evidence, copies, archive, rights, ledger, checkpointer, identity, approvals, notifications, obligations, parameters, video, routes, startSimulators,
    live: createLiveDesk({ database, clock, log: log.child({ part: 'live' }), identity, video, grants: rights.grants }),
    jobs: [...approvals.jobs, ...notifications.jobs, ...duty.jobs, ...health.jobs, ...rounds.jobs, ...obligations.jobs, machineWatch(reactionParts()), demonstrationRequest({ database, clock, evidence }), ...video.jobs, ...evidence.jobs, ...copies.jobs, ...archive.jobs, ...rights.holds.jobs, ...oversight.jobs],
  };
};

export type Room = ReturnType<typeof wire>;
