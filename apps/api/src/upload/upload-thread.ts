import { Worker } from "node:worker_threads";
import { AppError, errorOfParts, type Logger } from "@rollcall/platform";
import type { ParsedImport, ScopedObservation } from "@rollcall/posture-pipeline";
import type { FromReader, ImportHead, ReaderData, ReadRequest, ToReader } from "./read-messages.ts";

export interface UploadThreadOptions {
  readonly data: ReaderData;
  readonly logger: Logger;
  /** The heap of the thread; reaching it ends the thread, not the process. */
  readonly heapMegabytes: number;
  readonly timeLimitMillis: number;
}

/** The thread ended before it answered: nothing is known of the files, and the person who sent them must learn why. */
export class UploadLost extends AppError {}

interface Reading {
  readonly imports: (ImportHead & { readonly observations: ScopedObservation[] })[];
  readonly resolve: (imports: readonly ParsedImport[]) => void;
  readonly reject: (error: AppError) => void;
}

/** One thread that reads one upload after the other. Started with the first one, and again after it was lost. */
export class UploadThread {
  readonly #options: UploadThreadOptions;
  #thread: Worker | null = null;
  #reading: Reading | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: UploadThreadOptions) {
    this.#options = options;
  }

  read(request: ReadRequest, signal?: AbortSignal): Promise<readonly ParsedImport[]> {
    const turn = this.#queue.then(() => this.#readNow(request, signal));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  warmUp(): void {
    this.#thread ??= this.#start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#reading?.reject(new AppError("unavailable", "Rollcall is stopping"));
    await this.#end();
  }

  async #readNow(request: ReadRequest, signal: AbortSignal | undefined): Promise<readonly ParsedImport[]> {
    if (this.#closed) throw new AppError("unavailable", "Rollcall is stopping");
    if (signal?.aborted === true) throw withdrawn();
    const { timeLimitMillis } = this.#options;
    const stop = (error: AppError): void => {
      this.#reading?.reject(error);
      // Parsing cannot be interrupted by a message: the thread goes, and the next upload gets a new one.
      void this.#end();
    };
    const cancel = (): void => stop(withdrawn());
    const tooSlow = (): void =>
      stop(new UploadLost("too_large", `Reading the upload took longer than ${Math.round(timeLimitMillis / 60_000)} minutes. Split it.`));
    const timer = setTimeout(tooSlow, timeLimitMillis);
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<readonly ParsedImport[]>((resolve, reject) => {
        this.#reading = { imports: [], resolve, reject };
        this.#thread ??= this.#start();
        tell(this.#thread, { kind: "read", request });
      });
    } finally {
      this.#reading = null;
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
    }
  }

  #start(): Worker {
    const { data, heapMegabytes, logger } = this.#options;
    const thread = new Worker(new URL("./read-thread.ts", import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    // A thread that waits for uploads keeps no process alive.
    thread.unref();
    let reason: Error | null = null;
    thread.on("message", (message: FromReader) => this.#receive(thread, message));
    thread.on("error", (error: Error) => {
      reason = error;
      logger.error({ detail: error.stack ?? error.message }, "upload thread failed");
    });
    thread.on("exit", () => this.#lost(thread, reason));
    return thread;
  }

  #receive(thread: Worker, message: FromReader): void {
    const reading = this.#reading;
    if (reading === null || this.#thread !== thread) return;
    switch (message.kind) {
      case "head":
        reading.imports.push({ ...message.head, observations: [] });
        return;
      case "batch": {
        const { observations } = reading.imports.at(-1)!;
        for (const observation of message.observations) observations.push(observation);
        tell(thread, { kind: "more" });
        return;
      }
      case "done":
        reading.resolve(reading.imports);
        return;
      case "failure":
        reading.reject(errorOfParts(message.error));
    }
  }

  #lost(thread: Worker, reason: Error | null): void {
    if (this.#thread !== thread) return;
    this.#thread = null;
    const outOfMemory = (reason as { readonly code?: string } | null)?.code === "ERR_WORKER_OUT_OF_MEMORY";
    this.#reading?.reject(
      outOfMemory
        ? new UploadLost("too_large", "Reading the upload needs more memory than an import may take. Split it into several imports")
        : new UploadLost("internal", "The upload could not be read. Send it again; if that fails too, send its files one by one", {
            detail: `upload thread ended: ${reason?.message ?? "without an error"}`,
          }),
    );
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin to name
const tell = (thread: Worker, message: ToReader): void => thread.postMessage(message);

const withdrawn = (): AppError => new AppError("cancelled", "The upload was withdrawn");
