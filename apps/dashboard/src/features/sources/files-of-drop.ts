import { isLeftByTools } from "@rollcall/nhi-model";

/** Files of a drop; folders are opened, however deep. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly File[]> {
  // The list is emptied when the event is over: entries are taken before anything is waited for.
  const entries = [...transfer.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  if (entries.every((entry) => entry === null)) return [...transfer.files];
  const found = await Promise.all(entries.filter((entry) => entry !== null).map(filesIn));
  return found.flat();
}

async function filesIn(entry: FileSystemEntry): Promise<readonly File[]> {
  // What systems and editors leave in folders is no export.
  if (isLeftByTools(entry.name)) return [];
  if (entry instanceof FileSystemFileEntry) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const inside = await entriesOf(entry.createReader());
  return (await Promise.all(inside.map(filesIn))).flat();
}

/** A reader gives a part of a folder at a time, and nothing at its end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  return part.length === 0 ? [] : [...part, ...(await entriesOf(reader))];
}
