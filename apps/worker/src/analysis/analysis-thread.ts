import { Worker } from "node:worker_threads";
import { AppError, errorOfParts, type Logger } from "@rollcall/platform";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";

interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
}

const levels = ["debug", "info", "warn", "error"] as const;

// A thread of Node has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const say = (thread: Worker, message: ToThread): void => thread.postMessage(message);

/**
 * Analyses in a thread of their own. One of a large workspace computes for a minute; in the worker's own thread nothing would tell the
 * queue meanwhile that the job is alive, and another worker would do it once more. Started with the first analysis, and again after it
 * was lost: what was being analysed then fails, and the queue tries it again.
 */
export class AnalysisThread {
  readonly #data: ThreadData;
  readonly #logger: Logger;
  readonly #pending = new Map<number, Pending>();
  #thread: Worker | null = null;
  #lastId = 0;
  #previous: Promise<unknown> | null = null;

  constructor(data: ThreadData, logger: Logger) {
    this.#data = data;
    this.#logger = logger;
  }

  /** One after the other, in the order they are asked for: two large workspaces at once would need the memory of both. */
  analyse(workspaceId: string): Promise<void> {
    const begin = (): Promise<void> => this.#analyse(workspaceId);
    const next = this.#previous === null ? begin() : this.#previous.then(begin);
    const over = next
      .catch(() => {})
      .finally(() => {
        if (this.#previous === over) this.#previous = null;
      });
    this.#previous = over;
    return next;
  }

  #analyse(workspaceId: string): Promise<void> {
    this.#thread ??= this.#start();
    const id = (this.#lastId += 1);
    const thread = this.#thread;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      say(thread, { id, workspaceId });
    });
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL("./run-thread.ts", import.meta.url), { workerData: this.#data });
    thread.on("message", (message: FromThread) => this.#receive(message));
    thread.on("error", (error) => this.#logger.error({ detail: error.stack ?? error.message }, "analysis thread failed"));
    thread.on("exit", () => this.#lost(thread));
    return thread;
  }

  #receive(message: FromThread): void {
    if (message.kind === "log") return this.#log(message.line);
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === "done") pending?.resolve();
    else pending?.reject(errorOfParts(message.error));
  }

  /** In the worker's own log, in its order. */
  #log(text: string): void {
    const line = JSON.parse(text) as { readonly level: string; readonly msg: string } & Record<string, unknown>;
    const own = new Set(["level", "time", "pid", "name", "msg"]);
    const fields = Object.fromEntries(Object.entries(line).filter(([field]) => !own.has(field)));
    const write = levels.find((level) => level === line.level) ?? "error";
    this.#logger[write](fields, line.msg);
  }

  #lost(thread: Worker): void {
    if (this.#thread === thread) this.#thread = null;
    for (const { reject } of this.#pending.values())
      reject(new AppError("unavailable", "The analysis was interrupted. It is tried again."));
    this.#pending.clear();
  }
}
