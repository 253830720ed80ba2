const mebibyte = 1024 * 1024;

/** Bounds of one upload. The connectors bound what an archive may hold once more. */
export const uploadLimits = {
  wireBytes: 64 * mebibyte,
  inflatedBytes: 100 * mebibyte,
  files: 1000,
  fields: 2010,
  fieldBytes: 1024,
} as const;
export const inMebibytes = (bytes: number): number => Math.round(bytes / mebibyte);
