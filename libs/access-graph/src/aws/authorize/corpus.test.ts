import { describe, expect, it } from "vitest";
import { answerQuestion } from "./answer-question.ts";
import { conditionCases } from "./corpus/condition-cases.ts";
import type { CorpusCase } from "./corpus/corpus-case.ts";
import { documentedCases } from "./corpus/documented-cases.ts";
import { grammarCases } from "./corpus/grammar-cases.ts";
import { identityCases } from "./corpus/identity-cases.ts";
import { limitCases } from "./corpus/limit-cases.ts";
import { resourceCases } from "./corpus/resource-cases.ts";

const tables: Readonly<Record<string, readonly CorpusCase[]>> = {
  "identity policies": identityCases,
  conditions: conditionCases,
  "boundaries, sessions, organisations": limitCases,
  "resource policies": resourceCases,
  grammar: grammarCases,
  "rules that are easily got wrong": documentedCases,
};

for (const [title, cases] of Object.entries(tables)) {
  describe(title, () => {
    it.each(cases.map((each) => [each.why, each.decision, each.question] as const))("%s: %s", (_why, decision, question) => {
      const answer = answerQuestion({ id: "q", ...question });
      expect(answer.decision, answer.reason).toBe(decision);
      expect(answer.id).toBe("q");
      const effects = new Set(answer.statements.map(({ effect }) => effect));
      if (decision === "explicitly_denied") expect(effects).toEqual(new Set(["Deny"]));
      else if (decision === "allowed") expect(effects.has("Deny")).toBe(false);
      else expect(answer.reason).toMatch(/\w/);
    });
  });
}
