export { testDatabase, testRootKey, migrateInChild, type TestDatabase } from "./test-database.ts";
