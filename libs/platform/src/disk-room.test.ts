import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { diskRoom, roomOf } from "./disk-room.ts";

const gibibyte = 1024 ** 3;

test.each([
  [0, 100, "full"],
  [0.06, 100, "full"],
  [0.9, 5, "low"],
  [9, 100, "low"],
  [10, 100, "ok"],
  [1, 5, "ok"],
] as const)("%s of %s GiB free is %s", (free, total, room) => {
  expect(roomOf({ freeBytes: free * gibibyte, totalBytes: total * gibibyte })).toBe(room);
});

test("a folder that is not there says nothing", async () => {
  expect(await diskRoom(["/no/such/folder"])).toBe("ok");
  expect(["ok", "low", "full"]).toContain(await diskRoom([tmpdir()]));
});
