import { z } from "zod";
import { analyseReport } from "./report-schema.ts";

/** docs/analyse.schema.json: what `rollcall analyse --json` prints. */
export const schemaDocument = (): string => `${JSON.stringify(z.toJSONSchema(analyseReport), null, 2)}\n`;
