import { Worker } from "node:worker_threads";
import { AppError, errorOfParts, type Logger } from "@rollcall/platform";
import type { AskOptions, GraphAnswers, GraphQuestion, GraphQuestionName, GraphQuestions, GraphService } from "@rollcall/posture-pipeline";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";

export interface ThreadOptions {
  readonly data: ThreadData;
  readonly logger: Logger;
  /** For a question, once its graph is loaded and the questions before it are answered. */
  readonly timeLimitMillis?: number;
  /** Until then. */
  readonly waitLimitMillis?: number;
  /** The heap of the thread; reaching it ends the thread, not the process. */
  readonly heapMegabytes?: number;
}

interface Pending {
  readonly workspaceId: string;
  readonly question: GraphQuestion;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: AppError) => void;
  timer: NodeJS.Timeout;
  readonly detach: () => void;
  /** Threads that were lost while this was asked: a question that ends the thread is not asked for ever. */
  losses: number;
}

/** The first question about changes builds what they are tried on, which takes half a minute for a hundred thousand identities. */
const defaultTimeLimitMillis = 90_000;
const defaultWaitLimitMillis = 300_000;
const lossesPerQuestion = 2;

// A thread of Node has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const say = (thread: Worker, message: ToThread): void => thread.postMessage(message);

/** Questions about graphs, answered by one thread that is started with the first question and again after it was lost. */
export class GraphThreadService implements Pick<GraphService, "ask"> {
  readonly #options: ThreadOptions;
  readonly #pending = new Map<number, Pending>();
  #thread: Worker | null = null;
  #lastId = 0;
  #closed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  ask<N extends GraphQuestionName>(
    workspaceId: string,
    question: { readonly name: N; readonly input: GraphQuestions[N] },
    { signal }: AskOptions = {},
  ): Promise<GraphAnswers[N]> {
    if (this.#closed) return Promise.reject(new AppError("unavailable", "Rollcall is stopping"));
    const id = (this.#lastId += 1);
    return new Promise<unknown>((resolve, reject) => {
      const cancel = (): void => this.#abandon(id, new AppError("cancelled", "The question was withdrawn"));
      signal?.addEventListener("abort", cancel, { once: true });
      const timer = setTimeout(() => this.#timeOut(id), this.#options.waitLimitMillis ?? defaultWaitLimitMillis);
      this.#pending.set(id, {
        workspaceId,
        question: question as GraphQuestion,
        resolve,
        reject,
        timer,
        detach: () => signal?.removeEventListener("abort", cancel),
        losses: 0,
      });
      this.#send(id);
      if (signal?.aborted === true) cancel();
    }) as Promise<GraphAnswers[N]>;
  }

  /** Starts the thread before the first question, which would else wait for it. */
  warmUp(): void {
    this.#thread ??= this.#start();
  }

  /** Gives the memory of the thread back while nothing is asked. */
  async rest(): Promise<void> {
    if (this.#pending.size > 0 || this.#thread === null) return;
    const thread = this.#thread;
    this.#thread = null;
    await thread.terminate();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const id of this.#pending.keys()) this.#settle(id)?.reject(new AppError("unavailable", "Rollcall is stopping"));
    await this.#thread?.terminate();
    this.#thread = null;
  }

  /** Ends the thread as a crash would; the questions under way are asked again of a new one. */
  async loseThread(): Promise<void> {
    await this.#thread?.terminate();
  }

  #send(id: number): void {
    const { workspaceId, question } = this.#pending.get(id)!;
    this.#thread ??= this.#start();
    say(this.#thread, { kind: "ask", id, workspaceId, question });
  }

  #start(): Worker {
    const { data, heapMegabytes } = this.#options;
    const thread = new Worker(new URL("./graph-thread.ts", import.meta.url), {
      workerData: data,
      ...(heapMegabytes === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } }),
    });
    // A thread that waits for questions keeps no process alive.
    thread.unref();
    thread.on("message", (message: FromThread) => this.#receive(message));
    thread.on("error", (error) => this.#options.logger.error({ detail: error.stack ?? error.message }, "graph thread failed"));
    thread.on("exit", () => this.#lost(thread));
    return thread;
  }

  #receive(message: FromThread): void {
    if (message.kind === "begin") {
      this.#began(message.id);
      return;
    }
    const pending = this.#settle(message.id);
    if (pending === null) return;
    if (message.kind === "answer") pending.resolve(message.answer);
    else pending.reject(errorOfParts(message.error));
  }

  #began(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    pending.timer = setTimeout(() => this.#timeOut(id), this.#options.timeLimitMillis ?? defaultTimeLimitMillis);
  }

  /** The thread ended by itself or was ended: what was asked of it is asked again of a new one. */
  #lost(thread: Worker): void {
    if (this.#thread !== thread) return;
    this.#thread = null;
    for (const [id, pending] of this.#pending) {
      pending.losses += 1;
      if (pending.losses < lossesPerQuestion) this.#send(id);
      else this.#settle(id)?.reject(new AppError("unavailable", "The access graph could not be searched", { detail: "graph thread lost" }));
    }
  }

  /** A computation cannot be interrupted by a message: the thread goes, its other questions are asked again. */
  #timeOut(id: number): void {
    this.#abandon(id, new AppError("unavailable", "The answer took longer than it may. Ask about less", { retryAfterSeconds: 30 }));
    void this.loseThread();
  }

  #abandon(id: number, error: AppError): void {
    const pending = this.#settle(id);
    if (pending === null) return;
    if (this.#thread !== null) say(this.#thread, { kind: "cancel", id });
    pending.reject(error);
  }

  #settle(id: number): Pending | null {
    const pending = this.#pending.get(id);
    if (pending === undefined) return null;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    pending.detach();
    return pending;
  }
}
