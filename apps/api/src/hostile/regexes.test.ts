import { createHash } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { checkSync } from "recheck";
import { expect, test } from "vitest";
import { expressionsIn, type FoundExpression } from "../testing/expressions-in.ts";

// H9: no expression of ours may take exponential time on what somebody sends, and a new one that takes more than linear time has to be named. Expressions in tests and tools of this repository read
// our own text only, and are left out.

// Judging one takes a second or so, and most stay as they are: verdicts are kept beside this test, by a digest of the expression. One that is not kept
// is judged here and now; another version of the judge judges all of them. `RECORD_REGEXES=1` writes the list anew.

const root = new URL("../../../../", import.meta.url).pathname;
const files = globSync(["apps/*/src/**/*.{ts,tsx}", "libs/*/src/**/*.ts"], { cwd: root }).filter(
  (path) => !/\.test\.tsx?$|\/testing\/|\/generated\/|\/synthetic\//.test(path),
);

type Judgeable = FoundExpression & { readonly source: string };
/** Counted repetition alone cannot grow with the input. */
const isUnbounded = ({ source }: Judgeable): boolean => /[*+]|\{\d+,\}/.test(source);
const found = files.flatMap((path) => expressionsIn(path, readFileSync(root + path, "utf8")));
const isJudgeable = (one: FoundExpression): one is Judgeable => one.source !== null;
const distinct = [...new Map(found.filter(isJudgeable).map((one) => [`/${one.source}/${one.flags}`, one])).values()].filter(isUnbounded);

type Verdict = "linear" | "polynomial" | "exponential" | "undecided";
interface Verdicts {
  readonly judge: string;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}
const isRecording = process.env["RECORD_REGEXES"] === "1";
const listPath = new URL("./regexes.verdicts.json", import.meta.url);
const judge = (JSON.parse(readFileSync(`${root}node_modules/recheck/package.json`, "utf8")) as { version: string }).version;
const kept = JSON.parse(readFileSync(listPath, "utf8")) as Verdicts;
const digestOf = ({ source, flags }: Pick<Judgeable, "source" | "flags">): string =>
  createHash("sha256").update(`/${source}/${flags}`).digest("hex").slice(0, 24);

function judged(one: Pick<Judgeable, "source" | "flags">, known: Verdicts = kept): Verdict {
  const before = known.judge === judge ? known.verdicts[digestOf(one)] : undefined;
  // Where time ran out, the next record may have more of it.
  return before === undefined || (isRecording && before === "undecided") ? judgedNow(one) : before;
}

function judgedNow({ source, flags }: Pick<Judgeable, "source" | "flags">): Verdict {
  const result = checkSync(source, flags, { timeout: isRecording ? 20_000 : 3000 });
  if (result.status === "vulnerable") return result.complexity.type === "exponential" ? "exponential" : "polynomial";
  return result.status === "safe" ? "linear" : "undecided";
}

/** Slower than linear, never exponential, by file: each reads one name, one line or the head of a file, not a whole upload. */
const polynomial: Readonly<Record<string, number>> = {
  "apps/api/src/auth/single-sign-on.ts": 1,
  "libs/access-graph/src/aws/authorize/text-pattern.ts": 2,
  "libs/access-graph/src/aws/authorize/typed-values.ts": 2,
  "libs/access-graph/src/kubernetes/rbac-ref.ts": 1,
  "libs/api-router/src/words/field-words.ts": 1,
  "libs/connectors/src/aws/documents.ts": 1,
  "libs/connectors/src/aws/resource-policy.ts": 1,
  "libs/connectors/src/github-actions/token-claims.ts": 1,
  "libs/connectors/src/input/redact-text.ts": 1,
  "libs/connectors/src/kubernetes/read-objects.ts": 2,
  "libs/connectors/src/mcp/read-config.ts": 1,
  "libs/connectors/src/mcp/secret-input.ts": 2,
  "libs/connectors/src/observe/tag-facts.ts": 1,
  "libs/connectors/src/secret-scanning/read-report.ts": 1,
  "libs/platform/src/scrub-secrets.ts": 1,
};

const exploding = { source: "^(a+)+$", flags: "" };
test("an expression that explodes is seen", () => {
  expect(judged(exploding)).toBe("exponential");
});

test("an expression put together at run time is judged where its parts are sets of characters, and refused otherwise", () => {
  const text =
    "const a = new RegExp(`^(?:[${letters}]+)+$`, 'u'); const b = RegExp('(b+)+'); const c = new RegExp(`a${any}`); const d = new RegExp(any);";
  const sources = expressionsIn("some.ts", text).map(({ source }) => source);
  expect(sources).toEqual(["^(?:[x]+)+$", "(b+)+", null, null]);
  expect(judged({ source: sources[0]!, flags: "u" })).toBe("exponential");
  expect(found.filter((one) => !isJudgeable(one)).map(({ where }) => where)).toEqual([]);
  expect(found.some(({ where }) => where.startsWith("libs/nhi-model/src/deceptive-text.ts"))).toBe(true);
});

test("what another version of the judge said counts for nothing", () => {
  const lenient = { [digestOf(exploding)]: "linear" } as const;
  expect(judged(exploding, { judge: "0.0.0", verdicts: lenient })).toBe("exponential");
  expect(judged(exploding, { judge, verdicts: lenient })).toBe("linear");
});

test("no verdict is kept that would not pass", () => {
  expect(Object.values(kept.verdicts).filter((verdict) => verdict === "exponential")).toEqual([]);
});

test("no expression explodes on input made for it, and no new one is slower than linear", { timeout: 300_000 }, () => {
  expect(distinct.length).toBeGreaterThan(50);
  const all = distinct.map((one) => ({ ...one, verdict: judged(one) }));
  if (isRecording) {
    const verdicts = Object.fromEntries(all.map((one) => [digestOf(one), one.verdict] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(listPath, `${JSON.stringify({ judge, verdicts }, null, 2)}\n`);
  }
  const slow = all.flatMap(({ source, flags, where, verdict }) =>
    verdict === "polynomial" || verdict === "exponential"
      ? [{ where, type: verdict, text: `${where} /${source}/${flags} ${verdict}` }]
      : [],
  );
  expect(slow.filter(({ type }) => type === "exponential").map(({ text }) => text)).toEqual([]);
  const seen: Record<string, number> = {};
  const unnamed = slow.filter(({ where }) => {
    const path = where.split(":")[0]!;
    seen[path] = (seen[path] ?? 0) + 1;
    return seen[path] > (polynomial[path] ?? 0);
  });
  expect(unnamed.map(({ text }) => text)).toEqual([]);
});
