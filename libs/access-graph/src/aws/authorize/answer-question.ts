import type { PolicyAnswer } from "./policy-answer.ts";

/** One self-contained question, documents inline, to one answer. Never throws: a malformed question or policy answers `invalid`. */
export function answerQuestion(question: unknown): PolicyAnswer {
  const id = typeof question === "object" && question !== null && "id" in question ? question.id : null;
  return {
    id: typeof id === "string" || typeof id === "number" ? id : null,
    decision: "unknown",
    statements: [],
    reason: "questions are not evaluated yet",
  };
}
