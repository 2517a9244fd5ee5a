/**
 * Reads a socket at once and never waits, past the event loop. A paused socket still wakes the loop when data comes, and each resume and
 * pause are system calls: with sockets that are all read on a clock that was a third of what the loop did. Node has no such read for
 * sockets, but its descriptor is non-blocking, and a plain read of it is one system call. Where there is no descriptor (Windows), the
 * caller goes on with resume and pause.
 */
import { readSync } from 'node:fs';
import type { Socket } from 'node:net';

/** The descriptor of a connected plain socket; -1 where the system has none. */
export const descriptorOf = (socket: Socket): number => {
  // Undocumented, so looked at with care: whatever is not a descriptor means that there is none.
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : null;
  return typeof fd === 'number' && Number.isInteger(fd) && fd >= 0 ? fd : -1;
};

/** Bytes read, 0 at the end of the stream, -1 when nothing is there now. */
export const readNow = (descriptor: number, into: Buffer): number | NodeJS.ErrnoException => {
  try {
    return readSync(descriptor, into, 0, into.length, null);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR' ? -1 : error;
  }
};
