import { codeOnly, linesMatching } from "./code-text.ts";
import type { SourceFile, Violation } from "./violation.ts";

/** Explicit names everywhere: no `export *`, one index per library (and one for its tests' builders), no test that silences the others. */
export function checkExports(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => [...checkStarExports(file), ...checkBarrels(file), ...checkFocusedTests(file)]);
}

function checkStarExports({ path, text }: SourceFile): Violation[] {
  return linesMatching(codeOnly(text), /\bexport\s*\*/).map((line) => ({ path, line, message: "export names one by one, not with *" }));
}

function checkBarrels({ path }: SourceFile): Violation[] {
  if (!/^libs\/.*\/index\.tsx?$/.test(path) || /^libs\/[^/]+\/src\/(testing\/)?index\.ts$/.test(path)) return [];
  return [
    {
      path,
      line: null,
      message: "a library has one index (src/index.ts) and one for tests (src/testing/index.ts); import the file itself",
    },
  ];
}

function checkFocusedTests({ path, text }: SourceFile): Violation[] {
  if (!/\.test\.(ts|tsx|mjs)$/.test(path) && !path.startsWith("e2e/")) return [];
  return linesMatching(codeOnly(text), /\b(test|it|describe)\.only\b/).map((line) => ({
    path,
    line,
    message: "a focused test silences all others",
  }));
}
