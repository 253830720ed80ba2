import { expect, test } from "vitest";
import { parseStartOptions } from "./start-options.ts";

const parse = (...args: string[]) => parseStartOptions(args, "/root/.data", "/home/me");

test("defaults and flags", () => {
  expect(parse()).toEqual({ mode: "ask", port: null, dataDir: "/root/.data", forgot: null });
  expect(parse("--demo", "--port", "8080", "--data", "here")).toMatchObject({ mode: "demo", port: 8080, dataDir: "/home/me/here" });
  expect(parse("--empty", "--data", "/var/lib/rollcall")).toMatchObject({ mode: "empty", dataDir: "/var/lib/rollcall" });
  expect(parse("--forgot", "ada@example.org")).toMatchObject({ forgot: "ada@example.org" });
  expect(parse("--help")).toBe("help");
});

test.each([["--port", "0"], ["--port", "70000"], ["--port", "1e3"], ["--port"], ["--demo", "--empty"], ["--what"], ["extra"]])(
  "refuses %s %s",
  (...args) => {
    expect(() => parse(...args)).toThrow(/^[^\n]+$/);
  },
);
