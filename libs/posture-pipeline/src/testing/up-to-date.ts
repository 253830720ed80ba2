import type { AccessGraph } from "@rollcall/access-graph";
import type { ReadGraph } from "../graph/source-lags.ts";

/** A graph whose sources were all read completely and lately. */
export const upToDate = (graph: AccessGraph): ReadGraph => ({ graph, readings: [], lags: [] });
