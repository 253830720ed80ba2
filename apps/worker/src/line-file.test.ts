import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lineFile } from "./line-file.ts";

describe("a file that lines are appended to", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rollcall-lines-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is made, kept private and made again when somebody deletes it", async () => {
    const path = join(folder, "lines");
    const append = lineFile(path);
    await append("one");
    await append("two");
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    unlinkSync(path);
    await append("three");
    expect(readFileSync(path, "utf8")).toBe("three\n");
  });

  it("does not wait for a pipe that nobody reads, or whose reader stopped", async () => {
    const path = join(folder, "pipe");
    execFileSync("mkfifo", [path]);
    const append = lineFile(path);
    await expect(append("one")).rejects.toThrow("nobody reads the pipe");
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      await append("two");
      const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      const page = Buffer.alloc(4096);
      expect(() => {
        for (;;) writeSync(writer, page);
      }).toThrow("EAGAIN");
      closeSync(writer);
      await expect(append("three")).rejects.toThrow("the reader of the pipe has stopped reading");
    } finally {
      closeSync(reader);
    }
  });

  it("says in words why it cannot be written", async () => {
    mkdirSync(join(folder, "folder"));
    await expect(lineFile(join(folder, "folder"))("one")).rejects.toThrow("the place of the file is taken by a folder");
    await expect(lineFile(join(folder, "nowhere", "lines"))("one")).rejects.toThrow("its folder is not there");
  });

  it("leaves a disk that does not answer alone until it does", async () => {
    const answers: (() => void)[] = [];
    const write = () => new Promise<void>((resolve) => answers.push(resolve));
    const append = lineFile("anywhere", { limitMillis: 5, write });
    await expect(append("one")).rejects.toThrow("did not answer within");
    await expect(append("two")).rejects.toThrow("its disk does not answer");
    expect(answers).toHaveLength(1);
    answers.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
    const third = append("three");
    answers.shift()!();
    await third;
  });
});
