import { existsSync } from "node:fs";
import type { ServerResponse } from "node:http";
import type { Fault } from "../fault.ts";
import { MisbehavingServer, type Misbehaviour } from "../misbehaving-server.ts";
import { PulledSources } from "../pulled-sources.ts";

/** Of all its memory; what objects may take of it leaves room for buffers and code. */
const memoryBytes = 512 * 1024 * 1024;
const heapMegabytes = 320;
const answerBytes = 1024 * 1024 * 1024;
const chunk = Buffer.alloc(1024 * 1024, "[1],");
const limitMs = 120_000;

/** Sends as much as it is let; remembers how much that was. */
const flood =
  (sent: { bytes: number }, says: boolean): Misbehaviour =>
  (_, response: ServerResponse) => {
    const length = says ? { "content-length": String(answerBytes) } : {};
    response.writeHead(200, { "content-type": "application/json", ...length });
    const more = (): void => {
      while (sent.bytes < answerBytes && !response.destroyed) {
        sent.bytes += chunk.length;
        if (!response.write(chunk)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
    return true;
  };

/** F13: an answer twice as large as all the memory that the worker may take. */
export const largeAnswer: Fault = {
  id: "F13",
  title: "an answer larger than the memory",
  repeats: 2,
  unavailable: () => (existsSync("/proc/self/status") ? null : "the kernel does not tell how much memory a process held"),
  run: async ({ instance, checker, tag, turn, note, settle }) => {
    const server = await MisbehavingServer.start();
    const sources = new PulledSources(instance, await checker.workspace());
    try {
      await instance.stopWorkers();
      const worker = instance.startWorker({ heapMegabytes });
      const account = `f13-${tag}`;
      const sent = { bytes: 0 };
      server.begin(account, flood(sent, turn % 2 === 0));
      const id = await sources.connect(account, server.url(account));
      const last = await sources.ended(id, null, limitMs);
      const healthy = await sources.connect(`${account}-after`, server.url(`${account}-after`));
      const after = await sources.ended(healthy, null, limitMs);
      await settle();
      const peak = worker.peakBytes ?? Number.POSITIVE_INFINITY;
      note(
        `${Math.round(sent.bytes / 1024 / 1024)} of 1024 MiB were sent; the run ended "${last?.outcome}: ${last?.note}", the worker took at most ${Math.round(peak / 1024 / 1024)} MiB`,
      );
      return [
        ...(worker.alive ? [] : [`the worker ended (${await worker.exited})`]),
        ...(peak <= memoryBytes ? [] : ["the worker took more than 512 MiB"]),
        ...(last?.outcome === "failed" && last.note === "response too large" ? [] : [`the run ended ${last?.outcome}: ${last?.note}`]),
        ...(after?.outcome === "complete" ? [] : [`the run after it ended ${after?.outcome}: ${after?.note}`]),
        ...(sent.bytes < answerBytes / 2 ? [] : ["it was read on after it was too large"]),
      ];
    } finally {
      server.close();
      await sources.close();
      await instance.stopWorkers();
      instance.startWorker();
    }
  },
};
