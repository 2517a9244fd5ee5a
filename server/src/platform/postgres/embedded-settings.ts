/**
 * Settings of the embedded PostgreSQL: small (one room, few connections), durable, silent about values. They are given on the command
 * line, so a change here holds for clusters of any age.
 */
export type Durability = 'durable' | 'fast';

const small: Record<string, string> = {
  shared_buffers: '32MB',
  max_connections: '40',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  wal_buffers: '1MB',
  min_wal_size: '64MB',
  max_wal_size: '256MB',
  max_worker_processes: '3',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  autovacuum_worker_slots: '2',
  autovacuum_max_workers: '1',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  log_checkpoints: 'off',
  max_replication_slots: '2', // a backup pins its WAL with one
  io_method: 'sync', // the default keeps three more processes for an array of disks that a room does not have
  huge_pages: 'off',
  jit: 'off',
};

/** A statement or a failing row may hold a camera password or a name: neither may reach a log. */
const silent: Record<string, string> = {
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
};

const meaning: Record<string, string> = { TimeZone: 'UTC', log_timezone: 'UTC', lc_messages: 'C', default_transaction_isolation: 'read committed' };

const durability: Record<Durability, Record<string, string>> = {
  durable: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', wal_level: 'replica' },
  /** For tests, whose databases live a minute. */
  fast: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'replica', max_connections: '300', max_wal_size: '2GB' },
};

export interface Listening {
  /** Folder of the Unix socket; null: TCP on loopback (Windows). */
  socketFolder: string | null;
  port: number;
}

const listeningSettings = (listening: Listening): Record<string, string> =>
  listening.socketFolder === null
    ? { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(listening.port) }
    : { listen_addresses: '', unix_socket_directories: listening.socketFolder, unix_socket_permissions: '0700', port: String(listening.port) };

/** Arguments for `postgres`. */
export const postgresArguments = (cluster: string, listening: Listening, how: Durability): string[] => {
  const all = { ...small, ...silent, ...meaning, ...durability[how], ...listeningSettings(listening) };
  return ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
};
