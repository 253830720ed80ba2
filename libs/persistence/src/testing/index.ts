export { testDatabase, testRootKey, migrateInChild, type TestDatabase } from "./test-database.ts";
export { allRows } from "./all-rows.ts";
export { addWorkspace } from "./add-workspace.ts";
export { credentialOf, grantOf, identityOf, listingOf, usageOf, type Listing } from "./estate.ts";
export { analysisOf, findingOf, graphOf, resultOf, taskOf } from "./analysis.ts";
