import { globSync, readFileSync } from "node:fs";
import { checkSync } from "recheck";
import ts from "typescript";
import { expect, test } from "vitest";

// H9: no expression of ours may take exponential time on what somebody sends, and a new one that takes more than linear time has to be named. Expressions in tests and tools of this repository read
// our own text only, and are left out.

const root = new URL("../../../../", import.meta.url).pathname;
const files = globSync(["apps/*/src/**/*.{ts,tsx}", "libs/*/src/**/*.ts"], { cwd: root }).filter(
  (path) => !/\.test\.tsx?$|\/testing\/|\/generated\/|\/synthetic\//.test(path),
);

interface Found {
  readonly source: string;
  readonly flags: string;
  readonly where: string;
}

function expressionsIn(path: string): readonly Found[] {
  const text = readFileSync(root + path, "utf8");
  if (!text.includes("/")) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) {
      const literal = node.getText(file);
      const end = literal.lastIndexOf("/");
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({ source: literal.slice(1, end), flags: literal.slice(end + 1), where: `${path}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Counted repetition alone cannot grow with the input. */
const isUnbounded = ({ source }: Found): boolean => /[*+]|\{\d+,\}/.test(source);
const distinct = [...new Map(files.flatMap(expressionsIn).map((one) => [`/${one.source}/${one.flags}`, one])).values()].filter(isUnbounded);

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

test("an expression that explodes is seen", () => {
  expect(checkSync("^(a+)+$", "")).toMatchObject({ status: "vulnerable", complexity: { type: "exponential" } });
});

test("no expression explodes on input made for it, and no new one is slower than linear", { timeout: 300_000 }, () => {
  expect(distinct.length).toBeGreaterThan(50);
  const slow = distinct.flatMap(({ source, flags, where }) => {
    const result = checkSync(source, flags, { timeout: 3000 });
    if (result.status !== "vulnerable") return [];
    const { type, summary } = result.complexity;
    return [{ where, type, text: `${where} /${source}/${flags} ${summary}` }];
  });
  expect(slow.filter(({ type }) => type === "exponential").map(({ text }) => text)).toEqual([]);
  const seen: Record<string, number> = {};
  const unnamed = slow.filter(({ where }) => {
    const path = where.split(":")[0]!;
    seen[path] = (seen[path] ?? 0) + 1;
    return seen[path] > (polynomial[path] ?? 0);
  });
  expect(unnamed.map(({ text }) => text)).toEqual([]);
});
