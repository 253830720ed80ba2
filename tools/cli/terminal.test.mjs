import { describe, expect, test } from "vitest";
import { createTerminal } from "./terminal.mjs";
import { watchIngestion } from "./watch-ingestion.mjs";

const streamOf = (isTTY) => {
  const written = [];
  return { isTTY, columns: 80, write: (text) => (written.push(text), true), text: () => written.join("") };
};
const analysing = (done) => ({
  status: "processing",
  syncs: [{ sourceName: "aws", phase: "analysing", status: "running", done, total: 3 }],
});
const merging = { status: "processing", syncs: [{ sourceName: "aws", phase: "merging", status: "running", done: 1, total: 9 }] };

/** What is on stderr when an ingestion goes through `views`. */
async function shown(views, { isTTY = false, env = {} } = {}) {
  const [stdout, stderr] = [streamOf(isTTY), streamOf(isTTY)];
  const { progress, out } = createTerminal(stdout, stderr, env);
  const left = [...views, { status: "completed", syncs: [] }];
  await watchIngestion({ json: async () => left.shift() }, "1", progress, { pollMs: 0 });
  out("done");
  return { said: stderr.text(), answer: stdout.text() };
}

describe("progress", () => {
  test("in a pipe says each state once, whatever its counts and however often it comes back", async () => {
    const { said } = await shown([merging, analysing(1), analysing(2), analysing(3), analysing(3), merging, analysing(3)]);
    expect(said).toBe("aws: merging 1 of 9\naws: analysing 1 of 3\n");
  });

  test("on a terminal rewrites one line, and leaves none behind", async () => {
    const { said, answer } = await shown([analysing(1), analysing(2)], { isTTY: true });
    expect(said).not.toContain("\n");
    expect(said).toBe("\r\u001b[K\u001b[2maws: analysing 1 of 3\u001b[0m\r\u001b[K\u001b[2maws: analysing 2 of 3\u001b[0m\r\u001b[K");
    expect(answer).toBe("done\n");
  });

  test("on a terminal without colours rewrites the line too, in plain text", async () => {
    const { said } = await shown([analysing(1), analysing(2)], { isTTY: true, env: { NO_COLOR: "1" } });
    expect(said).toBe("\r\u001b[Kaws: analysing 1 of 3\r\u001b[Kaws: analysing 2 of 3\r\u001b[K");
  });

  test("on a terminal that cannot go back in a line is as in a pipe", async () => {
    expect((await shown([analysing(1), analysing(2)], { isTTY: true, env: { TERM: "dumb" } })).said).toBe("aws: analysing 1 of 3\n");
  });
});
