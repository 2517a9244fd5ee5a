/**
 * The file calls of the recording path, on plain descriptors: each second of each camera is one of them. node:fs/promises allocates a
 * block of memory for every request, which the collector then has to find.
 */
import { close, constants, fdatasync, fstat, fsync, ftruncate, open, writev } from 'node:fs';
import type { Stats } from 'node:fs';

type Done = (error: Error | null) => void;

const called = (start: (done: Done) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    start((error) => (error === null ? resolve() : reject(error)));
  });

export const openFile = (path: string, flags: number, mode?: number): Promise<number> =>
  new Promise((resolve, reject) => {
    open(path, flags, mode, (error, descriptor) => (error === null ? resolve(descriptor) : reject(error)));
  });

/** Bytes written: may be fewer than there are. */
export const writeParts = (descriptor: number, parts: readonly Uint8Array[], at: number): Promise<number> =>
  new Promise((resolve, reject) => {
    writev(descriptor, parts, at, (error, bytesWritten) => (error === null ? resolve(bytesWritten) : reject(error)));
  });

export const statFile = (descriptor: number): Promise<Stats> =>
  new Promise((resolve, reject) => {
    fstat(descriptor, (error, found) => (error === null ? resolve(found) : reject(error)));
  });

export const syncData = (descriptor: number): Promise<void> => called((done) => fdatasync(descriptor, done));
export const syncAll = (descriptor: number): Promise<void> => called((done) => fsync(descriptor, done));
export const truncateFile = (descriptor: number, bytes: number): Promise<void> => called((done) => ftruncate(descriptor, bytes, done));
export const closeFile = (descriptor: number): Promise<void> => called((done) => close(descriptor, done));

export const createFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
/** A write returns when its bytes and what is needed to read them are on disk: write and fdatasync in one call. Null: the system has none. */
export const durableFlags = typeof constants.O_DSYNC === 'number' && constants.O_DSYNC !== 0 ? constants.O_WRONLY | constants.O_DSYNC : null;
/** The same past the system's cache: nothing is copied, and footage does not push out what is read again. Only whole blocks. */
export const directFlags = durableFlags !== null && typeof constants.O_DIRECT === 'number' && constants.O_DIRECT !== 0 ? durableFlags | constants.O_DIRECT : null;
