export { catalogue, control } from "./catalogue.ts";
export type { Catalogue, Control } from "./catalogue.ts";
export { catalogueById, catalogues, controlsOfRule, danglingRules, resolveCitation } from "./catalogues.ts";
export type { ResolvedCitation, RuleMapping } from "./catalogues.ts";
export { coverage, failingShare, summarise } from "./coverage.ts";
export type { ControlCoverage, ControlStatus, CoverageState, RuleState } from "./coverage.ts";
