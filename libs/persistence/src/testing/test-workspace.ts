import { createStores, type Stores } from "../create-stores.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

export interface TestWorkspace {
  readonly server: TestDatabase;
  readonly stores: Stores;
  readonly workspace: string;
  /** A further one, as empty. */
  readonly newWorkspace: () => Promise<string>;
  readonly end: () => Promise<void>;
}

/** An empty workspace in a database of this test file's own, with the stores as a process gets them. */
export async function testWorkspace(): Promise<TestWorkspace> {
  const server = await testDatabase();
  const stores = createStores(server);
  const workspace = await stores.accounts.ensureWorkspace("test");
  return {
    server,
    stores,
    workspace,
    newWorkspace: async () => String((await server.query("insert into workspace (name) values ('test') returning id"))[0]!["id"]),
    end: async () => {
      await stores.close();
      await server.drop();
    },
  };
}
