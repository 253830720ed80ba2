import { isRecord } from "../is-record.ts";

/** Statements with the id that the graph knows them by: the Sid, or the place in the document. */
export function statementsOf(document: unknown): { readonly id: string; readonly statement: unknown }[] {
  const listed = isRecord(document) ? document["Statement"] : undefined;
  const statements: unknown[] = Array.isArray(listed) ? listed : isRecord(listed) ? [listed] : [];
  return statements.map((statement, index) => {
    const sid = isRecord(statement) ? statement["Sid"] : undefined;
    return { id: typeof sid === "string" && sid !== "" ? sid : `statement ${index + 1}`, statement };
  });
}
