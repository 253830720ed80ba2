import type { Multipart } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { AppError } from "@rollcall/platform";
import type { ImportFile } from "@rollcall/posture-pipeline";
import { tableMappingOf } from "./table-mapping-of.ts";
import { tooLarge } from "./too-large.ts";
import { fileLimits } from "./upload-limits.ts";
import { cleanFileName, instantOf, type Upload } from "./upload.ts";

const longestField = 1024;

/** Reads `file` parts with the optional fields `asOf`, `account`, `mapping` and one `modifiedAt` per file in the same order. */
export async function readMultipart(request: FastifyRequest): Promise<Upload> {
  const files: { readonly name: string; readonly bytes: Uint8Array }[] = [];
  const modifiedAt: string[] = [];
  let asOf: string | null = null;
  let account: string | null = null;
  let table: Upload["table"] = null;
  let totalBytes = 0;
  for await (const part of request.parts()) {
    if (part.type === "file") {
      if (part.fieldname !== "file") throw new AppError("invalid_input", `Unknown part "${part.fieldname}". Send files as "file"`);
      const bytes = await readPart(part, fileLimits.wireBytes - totalBytes);
      totalBytes += bytes.length;
      files.push({ name: cleanFileName(part.filename), bytes });
      continue;
    }
    const value = typeof part.value === "string" ? part.value.trim() : "";
    if (part.fieldname === "mapping") {
      table = tableMappingOf(value);
      continue;
    }
    if (value.length > longestField)
      throw new AppError("invalid_input", `The field "${part.fieldname}" is longer than ${longestField} characters`);
    if (part.fieldname === "modifiedAt") modifiedAt.push(value);
    else if (part.fieldname === "asOf") asOf = value === "" ? null : instantOf(value, "asOf");
    else if (part.fieldname === "account") account = value === "" ? null : value.slice(0, 256);
    else throw new AppError("invalid_input", `Unknown field "${part.fieldname}". Known are file, asOf, account, mapping and modifiedAt`);
  }
  if (files.length === 0) throw new AppError("invalid_input", "No file was sent. Send at least one part named file");
  return {
    asOf,
    account,
    table,
    files: files.map((file, index): ImportFile => ({
      ...file,
      modifiedAt: modifiedAt[index] ? instantOf(modifiedAt[index], "modifiedAt") : null,
    })),
  };
}

async function readPart(part: Extract<Multipart, { type: "file" }>, roomBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > roomBytes) throw tooLarge(fileLimits);
    chunks.push(chunk);
  }
  if (part.file.truncated) throw tooLarge(fileLimits);
  return Buffer.concat(chunks);
}
