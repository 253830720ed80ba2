import { expect, test } from "vitest";
import { describeProgress } from "./watch-ingestion.mjs";

const sync = (sourceName, phase, status = "running") => ({ sourceName, phase, status, done: 1, total: 9 });
const described = (...syncs) => describeProgress({ status: "processing", syncs });

test("says what is being worked on, and what is before and behind it", () => {
  expect(described()).toBe("processing");
  expect(described(sync("a", "merging"))).toBe("a: merging 1 of 9");
  expect(described(sync("a", "done", "completed"), sync("b", "storing"), sync("c", "staging", "queued"))).toBe(
    "1 read; b: storing 1 of 9; 1 more to come",
  );
  expect(described(sync("a", "analysing"), sync("b", "merging"), sync("c", "staging", "queued"), sync("d", "staging", "queued"))).toBe(
    "b: merging 1 of 9; 1 wait for the analysis; 2 more to come",
  );
  expect(described(sync("a", "analysing"), sync("b", "analysing"))).toBe("analysing 1 of 9 identities");
  expect(described(sync("a", "analysing"))).toBe("a: analysing 1 of 9");
  expect(described(sync("a", "done", "completed"))).toBe("1 read");
});
