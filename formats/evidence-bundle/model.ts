/** What an evidence package is made of. All instants are UTC milliseconds, all spans half-open. */
import type { SegmentFile } from '../fmp4/index.ts';
import type { StreamHash } from '../pure-crypto/index.ts';
import type { Crc32 } from '../zip/index.ts';

export interface Span {
  from: number;
  until: number;
}

/** One recorded file, as the ledger knows it. */
export interface SegmentInput extends Span {
  segmentId: string;
  /** Hex, from when the file was closed. */
  sha256: string;
  sizeBytes: number;
  /** The fact that entered it: its canonical text and proof are among `facts`. */
  factSeq: number;
  file: SegmentFile & {
    /** Reads into memory that is there already; the number of bytes. */
    readInto?(target: Uint8Array, offset: number): Promise<number>;
  };
}

export interface GapInput extends Span {
  /** In words of the field: it is read by people. */
  reason: string;
}

export interface ClipInput extends Span {
  /** Beginning of the file's name, e.g. `CAM07`. */
  name: string;
  cameraId: string;
  /** What people call the camera. */
  label: string;
  /** In order of time; all that overlap the span that was asked for. */
  segments: readonly SegmentInput[];
  /** Why nothing was recorded; a hole that none of them explains is listed all the same. */
  gaps: readonly GapInput[];
  /** Address, MAC and line of the source for the ONVIF box; empty where they are not to be given away. */
  source?: { url: string; mac: string; line: string };
}

export interface FactInput {
  seq: number;
  /** The leaf: canonical JSON. */
  canonical: string;
  /** C2SP tlog-proof of it. */
  proof: string;
}

/** A checkpoint that somebody outside keeps, older than the package's, with the proof that this one grew from it. */
export interface AnchorInput {
  checkpoint: string;
  consistency: readonly Uint8Array[];
}

export interface BundleSigner {
  /** 32 bytes, Ed25519: the key of the ledger. */
  publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** What stands on the sheet 说明书 besides what the package knows by itself. Free text is shown as it is. */
export interface ReportDetails {
  /** Who asked, on whose behalf, with which paper. */
  requestedBy: string;
  requestNumber: string;
  /** One line for each approval. */
  approvals: readonly string[];
  reason: string;
  receivedBy: string;
  /** One for each camera: model, how its clock stood against the room's. */
  devices: readonly { label: string; model: string; clockOffsetMs: number | null }[];
  /** How the room's own clock is kept. */
  clockSource: string;
  remarks: string;
}

export interface BundleInput {
  /** e.g. `EV-2026-000123`: name of the package and of its one folder. */
  number: string;
  /** Which copy this is, from 1. */
  copy: number;
  /** When the export began. */
  at: number;
  /** Of the place, for names and for people. */
  utcOffsetMinutes: number;
  /** Name of the log, e.g. `vigil/site_…`. */
  origin: string;
  unit: { name: string; url: string; mac: string };
  operator: string;
  clips: readonly ClipInput[];
  /** Go to `data/records/`, as they are. */
  records: readonly { name: string; text: string }[];
  /** JSON lines: who, when, why, from whom to whom. */
  custody: string;
  facts: readonly FactInput[];
  /** The signed head that all proofs of `facts` lead to. */
  checkpoint: string;
  anchors?: readonly AnchorInput[];
  /** RFC 3161 answers over the checkpoint. */
  timestamps?: readonly { name: string; bytes: Uint8Array }[];
  /** verify.html, one file. */
  verifierPage: Uint8Array;
  signer: BundleSigner;
  report: ReportDetails;
}

/** What a hash is made for: a segment as it was recorded, a file of the package, the package. */
export type HashPurpose = 'segment' | 'file' | 'whole';

/** A hash that another thread may make. Bytes that it was given must stay as they are until its digest is there. */
export interface AsyncHash {
  update: StreamHash['update'];
  digest(): Uint8Array | Promise<Uint8Array>;
}

/** Memory that footage is read into, used again and again: what a package needs does not grow with it. */
export interface PieceStore {
  take(): Promise<Uint8Array>;
  /** Nothing more is made of the piece. `gaveOut`: parts of it are on their way to the reader of the package. */
  passed(piece: Uint8Array, gaveOut: boolean): void;
}

/** Bytes on the move: hashes of a platform. node.ts has those of Node. */
export interface BundleCrypto {
  sha256: (bytes: Uint8Array) => Uint8Array;
  createSha256: (purpose: HashPurpose) => AsyncHash;
  crc32: Crc32;
  /** Left out, every piece has memory of its own. */
  pieces?: PieceStore;
}

export type BundleFault = 'segment_unreadable' | 'segment_altered' | 'fact_missing' | 'fact_differs' | 'name' | 'nothing_to_export';

/** The package cannot be made, and why; `place` names a segment, fact or file. */
export class BundleError extends Error {
  readonly fault: BundleFault;
  readonly place: string;
  constructor(fault: BundleFault, place: string) {
    super(`${fault}: ${place}`);
    this.name = 'BundleError';
    this.fault = fault;
    this.place = place;
  }
}

/** The kind of fact that enters segments; its body lists them. */
export const segmentsFactKind = 'video.segments_recorded';
