import { codeOnly, importsOf, linesMatching } from "./code-text.ts";
import type { SourceFile, Violation } from "./violation.ts";

const pureLibs = /^libs\/(nhi-model|access-graph|risk-scoring|framework-mapping|lifecycle)\/src\//;
const isTest = /\.test\.tsx?$/;
const allowedPackages = /^(zod|@rollcall\/(nhi-model|access-graph|risk-scoring))$/;

const impure: readonly (readonly [RegExp, string])[] = [
  [/\bprocess\s*\./, "reads the process"],
  [/\bDate\s*\.\s*now\s*\(|\bnew\s+Date\s*\(\s*\)|\bperformance\s*\.\s*now/, "reads the clock"],
  [/\bMath\s*\.\s*random\s*\(|\bcrypto\s*\.\s*(randomUUID|getRandomValues)/, "draws random numbers"],
  [/\b(setTimeout|setInterval|fetch)\s*\(/, "does input or output"],
  [/\b(Buffer|__dirname|require)\b|\bimport\s*\.\s*meta\b/, "needs Node"],
];

/** The pure libraries compute from their arguments alone, in a browser as well as on a server. Tests may read fixtures. */
export function checkPurity(files: readonly SourceFile[]): Violation[] {
  return files.filter(({ path }) => pureLibs.test(path) && !isTest.test(path)).flatMap(checkFile);
}

function checkFile({ path, text }: SourceFile): Violation[] {
  const isBuilder = path.includes("/testing/");
  const imports = importsOf(text)
    .filter(({ from }) => !from.startsWith(".") && !allowedPackages.test(from) && !(isBuilder && from === "fast-check"))
    .map(({ from, line }) => ({ path, line, message: `a pure library may not import ${from}` }));
  const code = codeOnly(text);
  const calls = impure.flatMap(([pattern, what]) =>
    linesMatching(code, pattern).map((line) => ({ path, line, message: `a pure library ${what} here` })),
  );
  return [...imports, ...calls];
}
