import { connect, createServer, type Server, type Socket } from "node:net";

/** What the line does to connections from now on; existing ones follow. */
export type LineState =
  | { readonly kind: "open" }
  /** Each piece of data waits. */
  | { readonly kind: "slow"; readonly delayMs: number }
  /** At most so many bytes a second, each way and connection. */
  | { readonly kind: "throttled"; readonly bytesPerSecond: number }
  /** Connections stay, nothing passes: what a lost route looks like. */
  | { readonly kind: "half_open" }
  /** Connections are reset and new ones refused. */
  | { readonly kind: "cut" };

/** A TCP line between two processes that can be made bad. Loopback only. */
export class FaultProxy {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #state: LineState = { kind: "open" };
  #target: number;
  #resume: (() => void)[] = [];

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ pauseOnConnect: true }, (near) => this.#accept(near));
  }

  static async start(port: number, target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once("error", reject);
      proxy.#server.listen(port, "127.0.0.1", resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** A server that restarts may come back on another port. */
  retarget(target: number): void {
    this.#target = target;
  }

  set(state: LineState): void {
    this.#state = state;
    if (state.kind === "cut") for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
    for (const resume of this.#resume.splice(0)) resume();
  }

  async close(): Promise<void> {
    this.set({ kind: "cut" });
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(near: Socket): void {
    if (this.#state.kind === "cut") {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#target, "127.0.0.1");
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on("error", end);
      socket.on("close", end);
    }
    void this.#carry(near, far).catch(end);
    void this.#carry(far, near).catch(end);
  }

  async #carry(from: Socket, to: Socket): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      await this.#hold(chunk.length);
      if (!to.write(chunk)) await new Promise((resolve) => to.once("drain", resolve));
    }
    to.end();
  }

  async #hold(bytes: number): Promise<void> {
    while (this.#state.kind === "half_open") await new Promise<void>((resolve) => this.#resume.push(resolve));
    const ms =
      this.#state.kind === "slow"
        ? this.#state.delayMs
        : this.#state.kind === "throttled"
          ? (bytes * 1000) / this.#state.bytesPerSecond
          : 0;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
