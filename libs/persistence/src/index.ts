export { createStores, type Stores } from "./create-stores.ts";
export { createAuthDatabase, type AuthDatabase } from "./accounts/auth-database.ts";
export type { OutboxEntry, OutboxStore } from "./accounts/outbox.ts";
export { runtimeUrls, type RuntimeUrls } from "./migrate/roles.ts";
export { migrate } from "./migrate/migrate.ts";
export { lintCatalogue } from "./catalogue/lint-catalogue.ts";
