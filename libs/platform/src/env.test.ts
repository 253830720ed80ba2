import { expect, test } from "vitest";
import { databaseEnv, networkList, parseEnv, serverEnv } from "./env.ts";

test("defaults and coercion", () => {
  expect(parseEnv(serverEnv, { PORT: "8080", ORIGIN: "" })).toEqual({ HOST: "127.0.0.1", PORT: 8080 });
});

test("an error names the variable and not its value", () => {
  const env = { DATABASE_URL: "mysql://u:hunter2@x/y" };
  expect(() => parseEnv(databaseEnv, env)).toThrow(/DATABASE_URL must be a postgresql:\/\/ URL/);
  expect(() => parseEnv(databaseEnv, env)).not.toThrow(/hunter2/);
  expect(() => parseEnv(databaseEnv, {})).toThrow(/DATABASE_URL is not set/);
  expect(() => parseEnv(databaseEnv, { ROLLCALL_SECRET: "short" })).toThrow(/64 hex digits/);
});

test("proxies are addresses and ranges, never everybody", () => {
  expect(networkList.parse("10.0.0.1, fd00:1::/32")).toEqual(["10.0.0.1", "fd00:1::/32"]);
  expect(networkList.parse(undefined)).toEqual([]);
  for (const wrong of ["proxy.corp", "10.0.0.0/33", "0.0.0.0/0", "::/0"]) expect(networkList.safeParse(wrong).success).toBe(false);
});
