import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@rollcall/platform";
import { tableMappingOf } from "./table-mapping-of.ts";
import { inflatesTooFar } from "./too-large.ts";
import { bareType, limitsOf, type BodyLimits } from "./upload-limits.ts";
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

export interface RawQuery {
  readonly filename?: string;
  readonly asOf?: string;
  readonly account?: string;
  readonly modifiedAt?: string;
  readonly mapping?: string;
}

export interface RawBody {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly isGzip: boolean;
}

/** One file as the body itself. */
export async function readRaw(body: RawBody, query: RawQuery): Promise<Upload> {
  const bytes = await decoded(body, limitsOf(body.contentType));
  if (bytes.length === 0) throw new AppError("invalid_input", "The body is empty");
  return {
    asOf: query.asOf === undefined ? null : instantOf(query.asOf, "asOf"),
    account: query.account ?? null,
    table: query.mapping === undefined ? null : tableMappingOf(query.mapping),
    files: [
      {
        name: query.filename === undefined ? (nameByType[bareType(body.contentType)] ?? "upload") : cleanFileName(query.filename),
        bytes,
        modifiedAt: query.modifiedAt === undefined ? null : instantOf(query.modifiedAt, "modifiedAt"),
      },
    ],
  };
}

/** The coding was accepted before the body was read: none, or gzip. */
async function decoded(body: RawBody, limits: BodyLimits): Promise<Uint8Array> {
  if (!body.isGzip) return body.bytes;
  try {
    return await inflate(body.bytes, { maxOutputLength: limits.inflatedBytes });
  } catch (error) {
    if ((error as { readonly code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw inflatesTooFar(limits);
    throw new AppError("invalid_input", "The body is not valid gzip", { cause: error });
  }
}
