/** Row shapes of the schema `video`; the meaning of each column stands in the migration. */
import type { Generated } from 'kysely';
import type { InstantColumn, NullableInstantColumn } from '../../platform/postgres/db.ts';

// A type, not an interface: kysely's $extendTables asks for an index signature.
export type VideoTables = {
  'video.cameras': {
    camera_id: string; site_id: string; room_id: string; number: number; name: string; shown_url: string; address_sealed: Buffer | null; username: string | null; password_sealed: Buffer | null; record: boolean;
    retention_days: number; retention_floor_days: number; allow_local: boolean; transport: Generated<'tcp' | 'udp'>; tls_fingerprint: string | null; added_at: InstantColumn; added_by: string;
    retired_at: NullableInstantColumn; retired_by: string | null; retired_reason: string | null; row_version: number;
  };
  'video.recorders': { recorder_id: string; site_id: string; config_version: Generated<number>; journal_seq: Generated<number>; added_at: InstantColumn };
  'video.storages': {
    storage_id: string; site_id: string; recorder_id: string; path: string; weight: number; state: 'in_use' | 'emptying' | 'retired'; state_since: NullableInstantColumn; added_at: InstantColumn; room_made_at: NullableInstantColumn; refused_told_at: NullableInstantColumn; row_version: number;
  };
  'video.segments': {
    segment_id: string; camera_id: string; storage_id: string; path: string; from_at: InstantColumn; until_at: InstantColumn; size_bytes: number; sha256: Buffer;
    frames: number; key_frames: number; codec: string; width: number; height: number; run_id: string; camera_clock_offset_ms: number | null; packets_lost: number; recovered: boolean;
  };
  'video.garbage': {
    segment_id: string; camera_id: string; storage_id: string; path: string; from_at: InstantColumn; until_at: InstantColumn; size_bytes: number; sha256: Buffer;
    reason: 'retention' | 'space' | 'space_below_term' | 'destruction'; decided_at: InstantColumn; ordered_at: NullableInstantColumn; failed_detail: string | null; deletion_id: string | null;
  };
  'video.gaps': { gap_id: string; camera_id: string; from_at: InstantColumn; until_at: NullableInstantColumn; reason: string; detail: string; alarmed_at: NullableInstantColumn };
  'video.camera_states': { camera_id: string; state: 'off' | 'connecting' | 'recording' | 'lost'; detail: string; since: InstantColumn };
  'video.playbacks': {
    playback_id: string; site_id: string; room_id: string; camera_id: string; person_id: string; session_id: string;
    from_at: InstantColumn; until_at: InstantColumn; opened_at: InstantColumn; expires_at: InstantColumn; closed_at: NullableInstantColumn; grant_id: string | null;
  };
  'video.watched': {
    watched_id: string; site_id: string; room_id: string; camera_id: string; person_id: string; session_id: string; playback_id: string | null;
    from_at: InstantColumn; until_at: NullableInstantColumn; seen_at: InstantColumn; grant_id: string | null;
  };
  'video.snapshots': {
    snapshot_id: string; site_id: string; room_id: string; camera_id: string; frame_at: InstantColumn; taken_at: InstantColumn; person_id: string; taken_by: string;
    source: 'live' | 'playback'; note: string; content_type: 'image/jpeg' | 'image/png'; sha256: Buffer; size_bytes: number;
  };
};
