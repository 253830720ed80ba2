import { argv } from "node:process";
import { createStores } from "../create-stores.ts";
import { identityOf, listingOf } from "./estate.ts";

/** A process that stages one listing and says so: for tests that kill it on the way. */
const [, , appUrl = "", systemUrl = "", workspaceId = "", ingestionId = ""] = argv;
const stores = createStores({ appUrl, systemUrl });
const { sync, observations } = listingOf(ingestionId, { asOf: "2026-01-03T00:00:00.000Z", observations: [identityOf("ci")] });
const { id } = await stores.ingest.stageSync(workspaceId, sync, observations);
process.stdout.write(`acknowledged ${id}\n`);
await stores.close();
