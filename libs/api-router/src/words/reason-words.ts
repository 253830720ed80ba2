/** Why a fact is not known, as a clause that stands after a colon, and as a sentence of its own. */
const clauses: Readonly<Record<string, string>> = {
  not_offered: "the source does not record it",
  denied: "Rollcall was not allowed to read it",
  not_collected: "nothing imported so far says it",
  conflicting: "sources disagree about it",
};

export const reasonClause = (reason: string): string => clauses[reason] ?? reason.replaceAll("_", " ");

export function reasonSentence(reason: string): string {
  const clause = reasonClause(reason);
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
