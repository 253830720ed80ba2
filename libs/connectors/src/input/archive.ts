import { crc32, gunzipSync, inflateRawSync } from "node:zlib";
import { AppError } from "@rollcall/platform";
import type { ImportFile } from "@rollcall/posture-pipeline";
import { importLimits } from "./limits.ts";

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const unixSymlink = 0o120000;
const fileTypeMask = 0o170000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly plainBytes: number;
  readonly modifiedAt: string | null;
  readonly mode: number;
  readonly offset: number;
}

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What may still come out of the files of one import. */
interface Room {
  bytes: number;
  files: number;
}

/** Opens the files of one import. The bounds hold for all of them together: many archives are no way around those of one. */
export function openArchives(files: readonly ImportFile[]): readonly ImportFile[] {
  const room: Room = { bytes: importLimits.archiveBytes, files: importLimits.archiveEntries };
  return files.flatMap((file) => openArchive(file, room));
}

/** Opens one file: a zip gives its members, a gzip its content, anything else itself. Archives inside archives stay closed. */
export function openArchive(
  file: ImportFile,
  room: Room = { bytes: importLimits.archiveBytes, files: importLimits.archiveEntries },
): readonly ImportFile[] {
  if (isZip(file.bytes)) return unzip(file, room);
  const opened = isGzip(file.bytes) ? { ...file, name: file.name.replace(/\.gz$/i, ""), bytes: gunzip(file, room) } : file;
  if (room.files < 1) throw tooMany(file.name, importLimits.archiveEntries + 1);
  if (opened.bytes.length > room.bytes) throw tooLarge(file.name);
  room.files -= 1;
  room.bytes -= opened.bytes.length;
  return [opened];
}

function gunzip(file: ImportFile, room: Room): Uint8Array {
  try {
    return gunzipSync(file.bytes, { maxOutputLength: Math.max(1, room.bytes) });
  } catch (cause) {
    if ((cause as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(file.name);
    throw new AppError("invalid_input", `${file.name} is a damaged gzip file. Compress it again and retry.`, { cause });
  }
}

function unzip(file: ImportFile, room: Room): readonly ImportFile[] {
  const view = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  const entries = readDirectory(view, file.name, room);
  const opened: ImportFile[] = [];
  for (const entry of entries) {
    if (entry.name.endsWith("/") || isMacMetadata(entry.name)) continue;
    refuseUnsafe(entry, file.name);
    const bytes = extract(view, entry, { archive: file.name, room: room.bytes });
    room.bytes -= bytes.length;
    opened.push({ name: `${file.name}/${entry.name}`, bytes, modifiedAt: entry.modifiedAt ?? file.modifiedAt });
  }
  room.files -= entries.length;
  return opened;
}

const isMacMetadata = (name: string): boolean => name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");

function refuseUnsafe(entry: Entry, archive: string): void {
  const parts = entry.name.split(/[\\/]/);
  if (entry.name.startsWith("/") || /^[a-z]:/i.test(entry.name) || parts.includes("..") || entry.name.includes("\0")) {
    throw new AppError(
      "invalid_input",
      `${archive} contains a path that leaves the archive. Zip the export folder again without such paths.`,
    );
  }
  if ((entry.mode & fileTypeMask) === unixSymlink) {
    throw new AppError("invalid_input", `${archive} contains a symbolic link. Zip the files themselves.`);
  }
  if (entry.flags & 1) throw new AppError("invalid_input", `${archive} is encrypted. Upload it without a password.`);
}

function readDirectory(view: Buffer, archive: string, room: Room): readonly Entry[] {
  const end = findEnd(view);
  const damaged = (): AppError => new AppError("invalid_input", `${archive} is a damaged or incomplete zip file. Zip it again and retry.`);
  if (end < 0) throw damaged();
  const count = view.readUInt16LE(end + 10);
  if (count > room.files) throw tooMany(archive, count + importLimits.archiveEntries - room.files);
  let at = view.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.length || view.readUInt32LE(at) !== directoryEntry) throw damaged();
    const nameBytes = view.readUInt16LE(at + 28);
    const nameEnd = at + 46 + nameBytes;
    if (nameEnd > view.length) throw damaged();
    entries.push({
      name: view.toString("utf8", at + 46, nameEnd),
      flags: view.readUInt16LE(at + 8),
      method: view.readUInt16LE(at + 10),
      modifiedAt: dosTime(view.readUInt16LE(at + 12), view.readUInt16LE(at + 14)),
      crc: view.readUInt32LE(at + 16),
      packedBytes: view.readUInt32LE(at + 20),
      plainBytes: view.readUInt32LE(at + 24),
      mode: view.readUInt16LE(at + 40),
      offset: view.readUInt32LE(at + 42),
    });
    at = nameEnd + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(view: Buffer): number {
  // The end record is 22 bytes plus a comment of at most 65,535.
  const first = Math.max(0, view.length - 22 - 0xffff);
  for (let at = view.length - 22; at >= first; at -= 1) if (view.readUInt32LE(at) === endOfDirectory) return at;
  return -1;
}

function extract(view: Buffer, entry: Entry, limits: { archive: string; room: number }): Uint8Array {
  const damaged = (cause?: unknown): AppError =>
    new AppError("invalid_input", `${entry.name} in ${limits.archive} is damaged. Zip it again and retry.`, { cause });
  if (entry.plainBytes > limits.room) throw tooLarge(limits.archive);
  const { offset } = entry;
  if (offset + 30 > view.length || view.readUInt32LE(offset) !== localHeader) throw damaged();
  const start = offset + 30 + view.readUInt16LE(offset + 26) + view.readUInt16LE(offset + 28);
  const packed = view.subarray(start, start + entry.packedBytes);
  if (packed.length !== entry.packedBytes) throw damaged();
  const plain = inflate(packed, entry, limits);
  // The sizes and the checksum in the directory are claims of whoever made the file: hold it to them.
  if (plain.length !== entry.plainBytes || crc32(plain) !== entry.crc) throw damaged();
  return plain;
}

function inflate(packed: Buffer, entry: Entry, limits: { archive: string; room: number }): Buffer {
  if (entry.method === 0) return packed;
  if (entry.method !== 8) {
    throw new AppError("unsupported", `${entry.name} in ${limits.archive} uses a compression that is not read. Use plain zip (deflate).`);
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(limits.room, entry.plainBytes)) });
  } catch (cause) {
    if ((cause as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limits.archive);
    throw new AppError("invalid_input", `${entry.name} in ${limits.archive} is damaged. Zip it again and retry.`, { cause });
  }
}

const tooMany = (name: string, count: number): AppError =>
  new AppError("too_large", `With ${name} the import holds ${count} files; at most ${importLimits.archiveEntries} are read. Split it.`);

const tooLarge = (name: string): AppError =>
  new AppError(
    "too_large",
    `With ${name} the import unpacks to more than ${importLimits.archiveBytes / 1024 / 1024} MiB. Split it into several imports.`,
  );

/** Zip stores local time without a zone; read as UTC it is at most some hours off, and never later than a day. */
function dosTime(time: number, date: number): string | null {
  const month = (date >> 5) & 15;
  const day = date & 31;
  if (month < 1 || month > 12 || day < 1) return null;
  return new Date(Date.UTC(1980 + (date >> 9), month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2)).toISOString();
}
