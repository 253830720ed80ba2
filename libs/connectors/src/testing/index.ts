export { conformanceOptions, describeConnector, plainImports } from "./conformance.ts";
export type { ConformanceCase, ConformanceSuite } from "./conformance.ts";
export { sharedFiles } from "./shared-files.ts";
export { fixtureFile } from "./fixture-file.ts";
