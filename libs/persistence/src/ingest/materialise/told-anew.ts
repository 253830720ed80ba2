import { workTable } from "../../database/work-table.ts";

/** References of identities whose end may have to be told anew. */
export const toldAnew = workTable("told_anew", [["ref", "text"]]);
