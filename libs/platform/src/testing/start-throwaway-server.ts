import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";

export interface ThrowawayServer {
  readonly binary: string;
  readonly args: readonly string[];
  /** Where it listens on the loopback address. */
  readonly port: number;
  /** What it keeps, deleted when it ends. */
  readonly folder: string;
  /** Whether a connection that was made is one to a server that works; by default every one is. */
  readonly greets?: (socket: Socket) => Promise<boolean>;
}

const patienceMs = 10_000;

/** Starts a server for a test, waits until it answers, and ends it with this process at the latest. Gives what ends it before. */
export async function startThrowawayServer(server: ThrowawayServer): Promise<() => Promise<void>> {
  const child = spawn(server.binary, server.args, { stdio: ["ignore", "ignore", "pipe"] });
  const said = text(child.stderr);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const killOnExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killOnExit);
  const stop = async (): Promise<void> => {
    process.off("exit", killOnExit);
    child.kill("SIGKILL");
    await exited;
    rmSync(server.folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + patienceMs;
  while (!(await answers(server))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${server.binary} did not answer on port ${server.port}: ${await said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return stop;
}

async function answers({ port, greets = () => Promise.resolve(true) }: ThrowawayServer): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const connected = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
  });
  const works = connected && (await greets(socket));
  socket.destroy();
  return works;
}
