import { expect, test } from "vitest";
import { parseStartOptions } from "./start-options.ts";

const parse = (...args: string[]) => parseStartOptions(args, "/root/.data", "/home/me");

test("defaults and flags", () => {
  expect(parse()).toEqual({ mode: "ask", port: null, dataDir: "/root/.data" });
  expect(parse("--demo", "--port", "8080", "--data", "here")).toEqual({ mode: "demo", port: 8080, dataDir: "/home/me/here" });
  expect(parse("--empty", "--data", "/var/lib/rollcall")).toMatchObject({ mode: "empty", dataDir: "/var/lib/rollcall" });
  expect(parse("--help")).toBe("help");
});

test.each([["--port", "0"], ["--port", "70000"], ["--port", "1e3"], ["--port"], ["--demo", "--empty"], ["--what"], ["extra"]])(
  "refuses %s %s",
  (...args) => {
    expect(() => parse(...args)).toThrow(/^[^\n]+$/);
  },
);
