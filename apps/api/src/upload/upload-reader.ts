import type { Logger } from "@rollcall/platform";
import type { ImportFile, ParsedImport } from "@rollcall/posture-pipeline";
import type { ReaderData, ReadRequest } from "./read-messages.ts";
import { UploadThread } from "./upload-thread.ts";

/** Opens and parses an upload away from the HTTP process. Rejects with an AppError that says what to do. */
export type ReadUpload = (request: ReadRequest, signal?: AbortSignal) => Promise<readonly ParsedImport[]>;

const smallBytes = 1024 * 1024;
const limits = { heapMegabytes: 3072, timeLimitMillis: 15 * 60_000 };
const smallLimits = { heapMegabytes: 1024, timeLimitMillis: 60_000 };

/** Two threads, so that what integrations push every few seconds does not wait behind somebody's large export. */
export class UploadReader {
  readonly #small: UploadThread;
  readonly #large: UploadThread;

  constructor(data: ReaderData, logger: Logger) {
    this.#small = new UploadThread({ data, logger, ...smallLimits });
    this.#large = new UploadThread({ data, logger, ...limits });
  }

  readonly read: ReadUpload = (request, signal) => (isSmall(request.files) ? this.#small : this.#large).read(request, signal);

  /** Starts the thread that the first push would else wait for. */
  warmUp(): void {
    this.#small.warmUp();
  }

  async close(): Promise<void> {
    await Promise.all([this.#small.close(), this.#large.close()]);
  }
}

/** A small archive may hold a large export. */
const isSmall = (files: readonly ImportFile[]): boolean =>
  files.reduce((sum, { bytes }) => sum + bytes.length, 0) <= smallBytes && !files.some(({ bytes }) => isArchive(bytes));

const isArchive = (bytes: Uint8Array): boolean => (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0x1f && bytes[1] === 0x8b);
