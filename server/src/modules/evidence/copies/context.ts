/** What copies need beside what all requests share. Slots are filled by app/room-evidence.ts. */
import type { BundleSigner } from '../../../../../formats/evidence-bundle/index.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Blobs } from '../../../platform/blobs/disk-blobs.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { EvidenceContext } from '../context.ts';

export interface FootageFile {
  segmentId: string;
  cameraId: string;
  from: Instant;
  until: Instant;
  sizeBytes: number;
  /** Hex, from when the file was closed. */
  sha256: string;
  /** Where it lies, absolute. */
  path: string;
  cameraClockOffsetMs: number | null;
}

export interface FootageOfCamera {
  cameraId: string;
  /** As people call it, "07 行包房". */
  label: string;
  number: number;
  files: readonly FootageFile[];
  gaps: readonly { from: Instant; until: Instant; reason: string }[];
}

export interface ProvenFacts {
  /** Name of the log. */
  origin: string;
  /** The signed head that all proofs lead to. */
  checkpoint: string;
  facts: readonly { seq: number; canonical: string; proof: string }[];
  /** Heads that people outside keep, each with the proof that this one grew from it. */
  anchors: readonly { checkpoint: string; consistency: readonly Uint8Array[] }[];
}

export interface CopiesContext extends Pick<EvidenceContext, 'database' | 'ledger' | 'clock' | 'log' | 'approvals' | 'holds' | 'notices' | 'tellScreens' | 'deny'> {
  /** All closed footage of the camera that touches the span, and what is missing of it. */
  files(db: Db, roomId: string, cameraId: string, from: Instant, until: Instant): Promise<FootageOfCamera | null>;
  /** The facts that entered these segments, each proven under one signed head that holds them all. */
  prove(db: Db, siteId: string, segments: readonly { segmentId: string; from: Instant }[]): Promise<ProvenFacts & { factOf: ReadonlyMap<string, number> }>;
  /** Asks the time-stamp authority (RFC 3161) of the room about these bytes; null: the room has none. */
  stamp: ((bytes: Uint8Array) => Promise<Uint8Array>) | null;
  /** The recording machine's clock against a time server, ms; null: none answered lately. */
  machineClock(): Promise<{ offsetMs: number; server: string; at: Instant } | null>;
  signer: BundleSigner;
  /** Pictures of receivers' signatures. */
  signatures: Blobs;
  /** Folder of the packages that were made. */
  folder: string;
  /** verify.html, one file. */
  verifierPage(): Promise<Uint8Array>;
  freeBytes(folder: string): Promise<number>;
}
