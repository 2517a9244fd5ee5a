/** Prometheus text: written by hand, since a hundred lines need no library in a process that counts its memory. */
import type { Recorder } from '../recorder.ts';

const escape = (value: string): string => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
const labelled = (labels: Readonly<Record<string, string>>): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
};

interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

const family = (name: string, kind: 'gauge' | 'counter', help: string, samples: readonly Sample[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...samples.map(({ labels, value }) => `${name}${labelled(labels)} ${value}`), ''].join('\n');

const one = (value: number): Sample[] => [{ labels: {}, value }];

export const metricsText = (recorder: Recorder): string => {
  const status = recorder.status();
  const cameras = status.cameras;
  const each = (value: (camera: (typeof cameras)[number]) => number): Sample[] => cameras.map((camera) => ({ labels: { camera: camera.cameraId }, value: value(camera) }));
  const storages = (value: (storage: (typeof status.storages)[number]) => number): Sample[] => status.storages.map((s) => ({ labels: { storage: s.storageId }, value: value(s) }));
  const memory = process.memoryUsage();
  const pool = recorder.pool.stats();
  const behind = (at: number | null): number => (at === null ? -1 : Math.max(0, status.now - at) / 1_000);
  return [
    family('vigil_recorder_recording', 'gauge', '1 while footage of the camera reaches the disk', each((c) => (c.state === 'recording' ? 1 : 0))),
    family('vigil_recorder_written_age_seconds', 'gauge', 'Age of the newest fragment on disk; -1 before the first', each((c) => behind(c.writtenUntil))),
    family('vigil_recorder_bits_per_second', 'gauge', 'Received over the last two seconds', each((c) => c.bitsPerSecond)),
    family('vigil_recorder_packets_lost_total', 'counter', 'RTP packets missing by sequence number', each((c) => c.packetsLost)),
    family('vigil_recorder_reconnects_total', 'counter', 'Connections that were lost or could not be made', each((c) => c.reconnects)),
    family('vigil_recorder_viewers', 'gauge', 'Open live streams', each((c) => c.viewers)),
    family('vigil_recorder_storage_usable', 'gauge', '1 when the storage carries the right identity and can be written', storages((s) => (s.usable ? 1 : 0))),
    family('vigil_recorder_storage_free_bytes', 'gauge', 'Free space', storages((s) => s.freeBytes)),
    family('vigil_recorder_queued_bytes', 'gauge', 'Video that waits for a disk', one([...recorder.cameras.values()].reduce((sum, c) => sum + c.writer.queuedBytes, 0))),
    family('vigil_recorder_storage_wait_seconds', 'gauge', 'How long the oldest video waits for the storage, of cameras that are not left out', storages((s) => recorder.room.waitingMs(s.storageId) / 1_000)),
    family('vigil_recorder_left_out', 'gauge', '1 while the camera is left out because its storage does not keep up with all', each((c) => (recorder.room.leftOut.has(c.cameraId) ? 1 : 0))),
    family('vigil_recorder_left_out_total', 'counter', 'Cameras that were left out because a storage did not keep up', one(recorder.room.leftOutEver)),
    family('vigil_recorder_live_units_dropped_total', 'counter', 'Access units left out for slow viewers', one([...recorder.cameras.values()].reduce((sum, c) => sum + c.live.droppedUnits, 0))),
    family('vigil_recorder_fsyncs_total', 'counter', 'fdatasync calls of segments', one(recorder.measures.syncs)),
    family('vigil_recorder_unsynced_max_ms', 'gauge', 'Oldest frame that a power cut would have cost, since the last look', one(recorder.measures.takeRecent())),
    family('vigil_recorder_unsynced_ever_max_ms', 'gauge', 'The same since the start', one(recorder.measures.unsyncedMaxMs)),
    family('vigil_recorder_segments_altered_total', 'counter', 'Looks at which a closed segment of the last minutes was missing on disk or had another size', one(recorder.measures.altered)),
    family('vigil_recorder_journal_last', 'counter', 'Newest journal entry on disk', one(status.journalLast)),
    family('vigil_recorder_journal_acked', 'counter', 'Newest journal entry that the server took over', one(status.journalAcked)),
    family('vigil_recorder_journal_backlog', 'gauge', 'Journal lines that wait for the disk', one(recorder.journal.backlog)),
    family('vigil_recorder_pool_bytes', 'gauge', 'Receive buffers lent out', one(pool.lentBytes)),
    family('process_resident_memory_bytes', 'gauge', 'Resident memory', one(memory.rss)),
    family('process_cpu_seconds_total', 'counter', 'User and system time', one((process.cpuUsage().user + process.cpuUsage().system) / 1e6)),
  ].join('');
};
