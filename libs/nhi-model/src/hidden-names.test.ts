import { expect, it } from "vitest";
import { isLeftByTools } from "./hidden-names.ts";

it.each([
  [".github", false],
  [".cursor", false],
  [".mcp.json", false],
  ["details.json", false],
  [".git", true],
  [".DS_Store", true],
  ["._details.json", true],
  ["__MACOSX", true],
])("%s is left by tools: %s", (name, expected) => expect(isLeftByTools(name)).toBe(expected));
