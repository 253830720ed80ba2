import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@rollcall/platform";
import { inflatesTooFar } from "./too-large.ts";
import { uploadLimits } from "./upload-limits.ts";
import { cleanFileName, instantOf, type Upload } from "./upload.ts";

const inflate = promisify(gunzip);

/** Name a body gets when the sender gives none: its ending is how connectors recognise some kinds. */
const nameByType: Readonly<Record<string, string>> = {
  "application/json": "upload.json",
  "application/x-ndjson": "upload.ndjson",
  "application/ndjson": "upload.ndjson",
  "application/zip": "upload.zip",
  "text/csv": "upload.csv",
  "application/yaml": "upload.yaml",
  "application/x-yaml": "upload.yaml",
  "text/yaml": "upload.yaml",
};
export const rawTypes: readonly string[] = Object.keys(nameByType);

export interface RawQuery {
  readonly filename?: string;
  readonly asOf?: string;
  readonly account?: string;
  readonly modifiedAt?: string;
}

export interface RawBody {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly contentEncoding: string | undefined;
}

/** One file as the body itself. */
export async function readRaw(body: RawBody, query: RawQuery): Promise<Upload> {
  const bytes = await decoded(body);
  if (bytes.length === 0) throw new AppError("invalid_input", "The body is empty");
  const type = body.contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  return {
    asOf: query.asOf === undefined ? null : instantOf(query.asOf, "asOf"),
    account: query.account ?? null,
    files: [
      {
        name: query.filename === undefined ? (nameByType[type] ?? "upload") : cleanFileName(query.filename),
        bytes,
        modifiedAt: query.modifiedAt === undefined ? null : instantOf(query.modifiedAt, "modifiedAt"),
      },
    ],
  };
}

async function decoded(body: RawBody): Promise<Uint8Array> {
  const encoding = body.contentEncoding?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return body.bytes;
  // Other codings compress zeros so well that a bound on the wire means nothing.
  if (encoding !== "gzip") throw new AppError("unsupported", `Content-Encoding ${encoding.slice(0, 32)} is not accepted. Use gzip or none`);
  try {
    return await inflate(body.bytes, { maxOutputLength: uploadLimits.inflatedBytes });
  } catch (error) {
    if ((error as { readonly code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw inflatesTooFar();
    throw new AppError("invalid_input", "The body is not valid gzip", { cause: error });
  }
}
