import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globMatches } from "../aws/glob.ts";
import { compareLanguages, exactLanguage, gitFilterLanguage, globLanguage } from "./text-language.ts";

const fits = (pattern: string, text: string): boolean => compareLanguages(gitFilterLanguage(pattern), exactLanguage(text))?.covers === true;

describe("a filter of branches and tags", () => {
  // The examples of GitHub's cheat sheet of filter patterns, and their opposites.
  it.each([
    ["feature/*", ["feature/my-branch", "feature/your-branch"], ["feature/beta-a/my-branch", "feature"]],
    ["feature/**", ["feature/beta-a/my-branch", "feature/your-branch", "feature/mona/the/octocat"], ["features/x"]],
    ["main", ["main"], ["mains", "releases/main"]],
    ["*", ["main", "releases"], ["all/the/branches"]],
    ["**", ["all/the/branches", "every/tag", "main"], []],
    ["*feature", ["mona-feature", "feature", "ver-10-feature"], ["x/feature"]],
    ["v2*", ["v2", "v2.0", "v2.9"], ["v3", "v2/x"]],
    ["v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1.x.1", "v1..1"]],
    ["colou?r", ["color", "colour"], ["colouur"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["a[b", ["a[b"], ["ab"]],
  ])("%s", (pattern, inside, outside) => {
    expect(inside.filter((text) => !fits(pattern, text))).toEqual([]);
    expect(outside.filter((text) => fits(pattern, text))).toEqual([]);
  });
});

const letters = ["a", "/"];
const texts = [
  "",
  ...[1, 2, 3, 4].flatMap((length) =>
    Array.from({ length: 2 ** length }, (_, bits) => Array.from({ length }, (__, at) => letters[(bits >> at) & 1]!).join("")),
  ),
];
const filter = fc.array(fc.constantFrom("a", "/", "*", "**", "a?", "a+", "[a]"), { maxLength: 4 }).map((parts) => parts.join(""));
const glob = fc.array(fc.constantFrom("a", "/", "*", "?"), { maxLength: 4 }).map((parts) => parts.join(""));
/** The same filter as an expression, written down another way. */
const expression = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/\*\*+|\*/g, (stars) => (stars.length > 1 ? "(?:.|\n)*" : "[^/]*"))}$`);

describe("two patterns", () => {
  it("are said to differ, or to meet, wherever one of their short texts shows it", () => {
    fc.assert(
      fc.property(glob, filter, (wide, narrow) => {
        const found = compareLanguages(globLanguage(wide), gitFilterLanguage(narrow))!;
        const [inWide, inNarrow] = [(text: string) => globMatches(wide, text), (text: string) => expression(narrow).test(text)];
        const shared = texts.filter((text) => inNarrow(text) && inWide(text));
        const left = texts.filter((text) => inNarrow(text) && !inWide(text));
        if (shared.length > 0) expect(found.meets).toBe(true);
        if (left.length > 0) expect(found.covers).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
  it("that would take too long are left undecided", () => {
    const tangled = `*a${"?".repeat(24)}`;
    expect(compareLanguages(globLanguage(tangled), globLanguage(`*b${"?".repeat(24)}`))).toBeNull();
  });
});
