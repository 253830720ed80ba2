import { expect, test } from "vitest";
import { logDestination } from "./log-destination.ts";

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A disk of so many bytes. */
function disk(room: number) {
  const state = { room, text: "" };
  const destination = logDestination(1, (_fd, bytes) => {
    if (state.room === 0) throw failure("ENOSPC");
    const fits = bytes.subarray(0, state.room);
    state.room -= fits.length;
    state.text += Buffer.from(fits).toString("utf8");
    return fits.length;
  });
  return { state, destination };
}

test("a full disk loses lines and nothing else; with room again it says how many", () => {
  const { state, destination } = disk(12);
  destination.write('{"a":1}\n');
  for (let line = 0; line < 5; line += 1) destination.write('{"b":2}\n');
  expect(state.text).toBe('{"a":1}\n{"b"');
  state.room = 10_000;
  destination.write('{"c":3}\n');
  const lines = state.text.trimEnd().split("\n");
  expect(lines.slice(0, 2)).toEqual(['{"a":1}', '{"b"']);
  expect(JSON.parse(lines[2]!)).toMatchObject({ level: "warn", lost: 5 });
  expect(lines.slice(3)).toEqual(['{"c":3}']);
});

test("a pipe that is full for a moment loses nothing", () => {
  let [refusals, text] = [3, ""];
  const destination = logDestination(1, (_fd, bytes) => {
    if (refusals-- > 0) throw failure("EAGAIN");
    text += Buffer.from(bytes).toString("utf8");
    return bytes.length;
  });
  destination.write("line\n");
  expect(text).toBe("line\n");
});
