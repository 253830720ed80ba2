const mebibyte = 1024 * 1024;

export interface BodyLimits {
  /** As sent. */
  readonly wireBytes: number;
  /** After unpacking. */
  readonly inflatedBytes: number;
}

/** What an integration says as the body of one request: many small ones, so that each is answered soon and holds little memory. */
export const batchLimits: BodyLimits = { wireBytes: 5 * mebibyte, inflatedBytes: 20 * mebibyte };

/** Somebody's export as a file: that of a large account is one JSON text beyond 20 MiB, and cannot be split by its owner. */
export const fileLimits: BodyLimits = { wireBytes: 100 * mebibyte, inflatedBytes: 100 * mebibyte };

/** Parts of one multipart body. The connectors bound what archives hold once more. */
export const partLimits = { files: 1000, fields: 2010, fieldBytes: 32 * 1024 } as const;

export const batchTypes: readonly string[] = ["application/json", "application/x-ndjson", "application/ndjson"];
export const fileTypes: readonly string[] = [
  "application/zip",
  "application/gzip",
  "application/octet-stream",
  "application/yaml",
  "application/x-yaml",
  "text/yaml",
  "text/csv",
  "text/plain",
];

export const bareType = (contentType: string | undefined): string => (contentType ?? "").split(";")[0]!.trim().toLowerCase();
export const isBatchType = (contentType: string | undefined): boolean => batchTypes.includes(bareType(contentType));
export const limitsOf = (contentType: string | undefined): BodyLimits => (isBatchType(contentType) ? batchLimits : fileLimits);
export const inMebibytes = (bytes: number): number => Math.round(bytes / mebibyte);
