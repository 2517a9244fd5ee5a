/** Stored ZIP archives, written as a stream and read without trust. Free of Node; encryption stands in node-aes.ts. */
export { crc32, type Crc32 } from './crc32.ts';
export { dosTimeOf, type DosTime } from './layout.ts';
export { nameFault } from './name.ts';
export { openZip, ZipError, type ByteSource, type ZipArchive, type ZipEntry, type ZipFault } from './reader.ts';
export { ZipWriter, type WrittenMember, type ZipWriterOptions } from './writer.ts';
